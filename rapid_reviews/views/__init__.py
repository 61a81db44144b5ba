from rapid_reviews.views.criteria import edit_criteria
from rapid_reviews.views.decisions import decide, decisions
from rapid_reviews.views.recommending import check_recommendation, edit_recommendation, reopen_recommendation
from rapid_reviews.views.reports import download_report, report, report_progress
from rapid_reviews.views.sections import edit_section
from rapid_reviews.views.sending import answer, receipt, reply, send, sent
from rapid_reviews.views.steps import complete_milestone, open_review, step, withdraw
from rapid_reviews.views.workspace import workspace

__all__ = [
    "answer",
    "check_recommendation",
    "complete_milestone",
    "decide",
    "decisions",
    "download_report",
    "edit_criteria",
    "edit_recommendation",
    "edit_section",
    "open_review",
    "receipt",
    "reopen_recommendation",
    "reply",
    "report",
    "report_progress",
    "send",
    "sent",
    "step",
    "withdraw",
    "workspace",
]
