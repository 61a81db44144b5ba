from rapid_reviews.views.criteria import edit_criteria
from rapid_reviews.views.decisions import decide, decisions
from rapid_reviews.views.issue_link import by_link
from rapid_reviews.views.issues import (
    accept,
    answer,
    ask_again,
    issue,
    issues,
    let_send,
    raise_issue,
    readdress,
    withdraw_issue,
)
from rapid_reviews.views.recommending import check_recommendation, edit_recommendation, reopen_recommendation
from rapid_reviews.views.representatives import invite, representatives
from rapid_reviews.views.sections import edit_section
from rapid_reviews.views.steps import complete_milestone, open_review, send, step, withdraw
from rapid_reviews.views.workspace import workspace

__all__ = [
    "accept",
    "answer",
    "ask_again",
    "by_link",
    "check_recommendation",
    "complete_milestone",
    "decide",
    "decisions",
    "edit_criteria",
    "edit_recommendation",
    "edit_section",
    "invite",
    "issue",
    "issues",
    "let_send",
    "open_review",
    "raise_issue",
    "readdress",
    "reopen_recommendation",
    "representatives",
    "send",
    "step",
    "withdraw",
    "withdraw_issue",
    "workspace",
]
