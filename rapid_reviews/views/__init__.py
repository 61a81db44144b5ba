from rapid_reviews.views.bundles import (
    ask_bundle,
    bundle_progress,
    bundles,
    mark_safe_copy,
    take_bundle,
    unmark_safe_copy,
)
from rapid_reviews.views.criteria import edit_criteria, edit_themes
from rapid_reviews.views.decisions import decide, decisions
from rapid_reviews.views.evidence import choose_evidence, remove_evidence
from rapid_reviews.views.recommending import check_recommendation, edit_recommendation, reopen_recommendation
from rapid_reviews.views.sections import edit_section
from rapid_reviews.views.steps import complete_milestone, open_review, send, step, withdraw
from rapid_reviews.views.workspace import workspace

__all__ = [
    "ask_bundle",
    "bundle_progress",
    "bundles",
    "check_recommendation",
    "choose_evidence",
    "complete_milestone",
    "decide",
    "decisions",
    "edit_criteria",
    "edit_recommendation",
    "edit_section",
    "edit_themes",
    "mark_safe_copy",
    "open_review",
    "remove_evidence",
    "reopen_recommendation",
    "send",
    "step",
    "take_bundle",
    "unmark_safe_copy",
    "withdraw",
    "workspace",
]
