"""Every change of state of the action log, one function each."""

from actions.workflow.chasing import chase, sweep
from actions.workflow.ending import cancel, close, confirm, record_impact, reopen, set_colour
from actions.workflow.escalating import answer, can_answer, escalate
from actions.workflow.filters import remove_filter, save_filter
from actions.workflow.importing import forget_previews, import_log, keep_upload, name_columns
from actions.workflow.progressing import (
    add_note,
    ask_date,
    claim,
    decide_date,
    give_evidence,
    see_evidence,
    send_back,
    take_back,
)
from actions.workflow.proposing import agree, change, propose, send_link

__all__ = [
    "add_note",
    "agree",
    "answer",
    "ask_date",
    "can_answer",
    "cancel",
    "change",
    "chase",
    "claim",
    "close",
    "confirm",
    "decide_date",
    "escalate",
    "forget_previews",
    "give_evidence",
    "import_log",
    "keep_upload",
    "name_columns",
    "propose",
    "record_impact",
    "remove_filter",
    "reopen",
    "save_filter",
    "see_evidence",
    "send_back",
    "send_link",
    "set_colour",
    "sweep",
    "take_back",
]
