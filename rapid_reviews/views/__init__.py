from rapid_reviews.views.bundles import (
    ask_bundle,
    bundle_progress,
    bundles,
    mark_safe_copy,
    take_bundle,
    unmark_safe_copy,
)
from rapid_reviews.views.circulation import answer, circulate, circulation, end, hand_on, record
from rapid_reviews.views.comments import add_comment, edit_comment, reply, settle
from rapid_reviews.views.criteria import edit_criteria, edit_themes
from rapid_reviews.views.decisions import decide, decisions, resolve
from rapid_reviews.views.evidence import choose_evidence, remove_evidence
from rapid_reviews.views.issue_link import by_link
from rapid_reviews.views.issues import (
    accept,
    answer_issue,
    ask_again,
    issue,
    issues,
    let_send,
    raise_issue,
    readdress,
    withdraw_issue,
)
from rapid_reviews.views.links import answer as answer_by_link
from rapid_reviews.views.links import decide as decide_by_link
from rapid_reviews.views.meetings import move_for, plan_for
from rapid_reviews.views.owners import edit_owners
from rapid_reviews.views.recommending import (
    check_quorum,
    check_recommendation,
    edit_recommendation,
    reopen_recommendation,
)
from rapid_reviews.views.reports import download_report, report, report_progress
from rapid_reviews.views.representatives import invite, representatives
from rapid_reviews.views.sections import edit_section
from rapid_reviews.views.sending import answer_questions, national_reply, receipt, send, sent
from rapid_reviews.views.steps import complete_milestone, open_review, step, withdraw
from rapid_reviews.views.structured import edit_episode, edit_line, remove_line
from rapid_reviews.views.versions import restore, versions
from rapid_reviews.views.workspace import workspace

__all__ = [
    "accept",
    "add_comment",
    "answer",
    "answer_by_link",
    "answer_issue",
    "answer_questions",
    "ask_again",
    "ask_bundle",
    "bundle_progress",
    "bundles",
    "by_link",
    "check_quorum",
    "check_recommendation",
    "choose_evidence",
    "circulate",
    "circulation",
    "complete_milestone",
    "decide",
    "decide_by_link",
    "decisions",
    "download_report",
    "edit_comment",
    "edit_criteria",
    "edit_episode",
    "edit_line",
    "edit_owners",
    "edit_recommendation",
    "edit_section",
    "edit_themes",
    "end",
    "hand_on",
    "invite",
    "issue",
    "issues",
    "let_send",
    "mark_safe_copy",
    "move_for",
    "national_reply",
    "open_review",
    "plan_for",
    "raise_issue",
    "readdress",
    "receipt",
    "record",
    "remove_evidence",
    "remove_line",
    "reopen_recommendation",
    "reply",
    "report",
    "report_progress",
    "representatives",
    "resolve",
    "restore",
    "send",
    "sent",
    "settle",
    "step",
    "take_bundle",
    "unmark_safe_copy",
    "versions",
    "withdraw",
    "withdraw_issue",
    "workspace",
]
