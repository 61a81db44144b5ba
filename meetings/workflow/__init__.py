"""Every change of state of the meetings, one function each."""

from meetings.workflow.agenda import add_item, assemble, change_item, move_item, remove_item
from meetings.workflow.capturing import (
    CapturedMeanwhileError,
    add_action,
    ask_conflicts,
    capture,
    come_back,
    declare,
    dissent,
    go_out,
)
from meetings.workflow.inviting import accept, announce, decline, invite
from meetings.workflow.minutes import (
    CorrectedMeanwhileError,
    approve_minutes,
    circulate_minutes,
    correct_entry,
    draft_minutes,
)
from meetings.workflow.packs import ask_packs, say_read, take_pack
from meetings.workflow.planning import plan_year, record_terms
from meetings.workflow.sitting import apologise, arrive, end_sitting, leave, open_sitting, resume_sitting

__all__ = [
    "CapturedMeanwhileError",
    "CorrectedMeanwhileError",
    "accept",
    "add_action",
    "add_item",
    "announce",
    "apologise",
    "approve_minutes",
    "arrive",
    "ask_conflicts",
    "ask_packs",
    "assemble",
    "capture",
    "change_item",
    "circulate_minutes",
    "come_back",
    "correct_entry",
    "declare",
    "decline",
    "dissent",
    "draft_minutes",
    "end_sitting",
    "go_out",
    "invite",
    "leave",
    "move_item",
    "open_sitting",
    "plan_year",
    "record_terms",
    "remove_item",
    "resume_sitting",
    "say_read",
    "take_pack",
]
