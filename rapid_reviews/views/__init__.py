from rapid_reviews.views.criteria import edit_criteria, edit_themes
from rapid_reviews.views.decisions import decide, decisions
from rapid_reviews.views.evidence import choose_evidence, remove_evidence
from rapid_reviews.views.recommending import check_recommendation, edit_recommendation, reopen_recommendation
from rapid_reviews.views.sections import edit_section
from rapid_reviews.views.steps import complete_milestone, open_review, send, step, withdraw
from rapid_reviews.views.workspace import workspace

__all__ = [
    "check_recommendation",
    "choose_evidence",
    "complete_milestone",
    "decide",
    "decisions",
    "edit_criteria",
    "edit_recommendation",
    "edit_section",
    "edit_themes",
    "open_review",
    "remove_evidence",
    "reopen_recommendation",
    "send",
    "step",
    "withdraw",
    "workspace",
]
