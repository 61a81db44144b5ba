from rapid_reviews.views.criteria import edit_criteria
from rapid_reviews.views.decisions import decide, decisions
from rapid_reviews.views.recommending import check_recommendation, edit_recommendation, reopen_recommendation
from rapid_reviews.views.sections import edit_section
from rapid_reviews.views.steps import complete_milestone, open_review, send, step, withdraw
from rapid_reviews.views.workspace import workspace

__all__ = [
    "check_recommendation",
    "complete_milestone",
    "decide",
    "decisions",
    "edit_criteria",
    "edit_recommendation",
    "edit_section",
    "open_review",
    "reopen_recommendation",
    "send",
    "step",
    "withdraw",
    "workspace",
]
