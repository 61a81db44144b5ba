"""Every change of a rapid review, by noun. Nothing else writes its rows."""

from rapid_reviews.workflow.chasing import chase_issues
from rapid_reviews.workflow.criteria import answer_criteria
from rapid_reviews.workflow.decisions import decide
from rapid_reviews.workflow.issues import (
    Concern,
    accept_answer,
    answer_issue,
    ask_again,
    let_send,
    raise_issue,
    readdress,
    withdraw_issue,
)
from rapid_reviews.workflow.milestones import complete_milestone
from rapid_reviews.workflow.opening import open_for
from rapid_reviews.workflow.progress import start_drafting, start_gathering
from rapid_reviews.workflow.recommending import draft_recommendation, record_recommendation, reopen_recommendation
from rapid_reviews.workflow.sections import SectionConflictError, save_section
from rapid_reviews.workflow.sending import record_sending
from rapid_reviews.workflow.withdrawal import withdraw

__all__ = [
    "Concern",
    "SectionConflictError",
    "accept_answer",
    "answer_criteria",
    "answer_issue",
    "ask_again",
    "chase_issues",
    "complete_milestone",
    "decide",
    "draft_recommendation",
    "let_send",
    "open_for",
    "raise_issue",
    "readdress",
    "record_recommendation",
    "record_sending",
    "reopen_recommendation",
    "save_section",
    "start_drafting",
    "start_gathering",
    "withdraw",
    "withdraw_issue",
]
