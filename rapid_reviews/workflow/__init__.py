"""Every change of a rapid review, by noun. Nothing else writes its rows."""

from rapid_reviews.workflow.circulation import answer_circulation, circulate, end_circulation, sweep_circulations
from rapid_reviews.workflow.criteria import answer_criteria
from rapid_reviews.workflow.decisions import decide, resolve_difference
from rapid_reviews.workflow.meetings import move_for, plan_for
from rapid_reviews.workflow.milestones import complete_milestone
from rapid_reviews.workflow.opening import open_for
from rapid_reviews.workflow.progress import start_drafting, start_gathering
from rapid_reviews.workflow.recommending import (
    Particulars,
    draft_recommendation,
    record_recommendation,
    reopen_recommendation,
)
from rapid_reviews.workflow.sections import SectionConflictError, save_section
from rapid_reviews.workflow.sending import record_sending
from rapid_reviews.workflow.withdrawal import withdraw

__all__ = [
    "Particulars",
    "SectionConflictError",
    "answer_circulation",
    "answer_criteria",
    "circulate",
    "complete_milestone",
    "decide",
    "draft_recommendation",
    "end_circulation",
    "move_for",
    "open_for",
    "plan_for",
    "record_recommendation",
    "record_sending",
    "reopen_recommendation",
    "resolve_difference",
    "save_section",
    "start_drafting",
    "start_gathering",
    "sweep_circulations",
    "withdraw",
]
