"""Every change of a rapid review, by noun. Nothing else writes its rows."""

from rapid_reviews.workflow.criteria import answer_criteria
from rapid_reviews.workflow.decisions import decide
from rapid_reviews.workflow.milestones import complete_milestone
from rapid_reviews.workflow.opening import open_for
from rapid_reviews.workflow.progress import start_drafting, start_gathering
from rapid_reviews.workflow.recommending import draft_recommendation, record_recommendation, reopen_recommendation
from rapid_reviews.workflow.replies import answer_questions, record_receipt, record_reply
from rapid_reviews.workflow.reports import make_report, record_download, render, sweep
from rapid_reviews.workflow.sections import SectionConflictError, save_section
from rapid_reviews.workflow.sending import Sent, record_sending
from rapid_reviews.workflow.withdrawal import withdraw

__all__ = [
    "SectionConflictError",
    "Sent",
    "answer_criteria",
    "answer_questions",
    "complete_milestone",
    "decide",
    "draft_recommendation",
    "make_report",
    "open_for",
    "record_download",
    "record_receipt",
    "record_recommendation",
    "record_reply",
    "record_sending",
    "render",
    "reopen_recommendation",
    "save_section",
    "start_drafting",
    "start_gathering",
    "sweep",
    "withdraw",
]
