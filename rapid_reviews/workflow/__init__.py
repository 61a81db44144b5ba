"""Every change of a rapid review, by noun. Nothing else writes its rows."""

from rapid_reviews.workflow.bundles import ask_bundle, mark_safe_copy, take_bundle, unmark_safe_copy
from rapid_reviews.workflow.criteria import answer_criteria
from rapid_reviews.workflow.decisions import decide
from rapid_reviews.workflow.evidence import link_evidence, unlink_evidence
from rapid_reviews.workflow.milestones import complete_milestone
from rapid_reviews.workflow.opening import open_for
from rapid_reviews.workflow.progress import start_drafting, start_gathering
from rapid_reviews.workflow.recommending import draft_recommendation, record_recommendation, reopen_recommendation
from rapid_reviews.workflow.sections import SectionConflictError, save_section
from rapid_reviews.workflow.sending import record_sending
from rapid_reviews.workflow.themes import set_themes
from rapid_reviews.workflow.withdrawal import withdraw

__all__ = [
    "SectionConflictError",
    "answer_criteria",
    "ask_bundle",
    "complete_milestone",
    "decide",
    "draft_recommendation",
    "link_evidence",
    "mark_safe_copy",
    "open_for",
    "record_recommendation",
    "record_sending",
    "reopen_recommendation",
    "save_section",
    "set_themes",
    "start_drafting",
    "start_gathering",
    "take_bundle",
    "unlink_evidence",
    "unmark_safe_copy",
    "withdraw",
]
