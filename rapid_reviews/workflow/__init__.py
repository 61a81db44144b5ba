"""Every change of a rapid review, by noun. Nothing else writes its rows."""

from rapid_reviews.workflow.assigning import assign_sections
from rapid_reviews.workflow.bundles import ask_bundle, mark_safe_copy, take_bundle, unmark_safe_copy
from rapid_reviews.workflow.chasing import chase_issues
from rapid_reviews.workflow.circulation import (
    answer_circulation,
    circulate,
    end_circulation,
    hand_to_deputy,
    sweep_circulations,
)
from rapid_reviews.workflow.commenting import add_comment, edit_comment, reopen_comment, resolve_comment
from rapid_reviews.workflow.criteria import answer_criteria
from rapid_reviews.workflow.decisions import decide, resolve_difference
from rapid_reviews.workflow.evidence import link_evidence, unlink_evidence
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
from rapid_reviews.workflow.looking import look
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
from rapid_reviews.workflow.replies import answer_questions, record_receipt, record_reply
from rapid_reviews.workflow.reports import make_report, record_download, render, sweep
from rapid_reviews.workflow.saving import ConflictError, SectionConflictError
from rapid_reviews.workflow.sections import restore_section, save_section
from rapid_reviews.workflow.sending import Sent, record_sending
from rapid_reviews.workflow.structured import analyse_episode, remove_line, save_learning, save_proceeding
from rapid_reviews.workflow.themes import set_themes
from rapid_reviews.workflow.withdrawal import withdraw

__all__ = [
    "Concern",
    "ConflictError",
    "Particulars",
    "SectionConflictError",
    "Sent",
    "accept_answer",
    "add_comment",
    "analyse_episode",
    "answer_circulation",
    "answer_criteria",
    "answer_issue",
    "answer_questions",
    "ask_again",
    "ask_bundle",
    "assign_sections",
    "chase_issues",
    "circulate",
    "complete_milestone",
    "decide",
    "draft_recommendation",
    "edit_comment",
    "end_circulation",
    "hand_to_deputy",
    "let_send",
    "link_evidence",
    "look",
    "make_report",
    "mark_safe_copy",
    "move_for",
    "open_for",
    "plan_for",
    "raise_issue",
    "readdress",
    "record_download",
    "record_receipt",
    "record_recommendation",
    "record_reply",
    "record_sending",
    "remove_line",
    "render",
    "reopen_comment",
    "reopen_recommendation",
    "resolve_comment",
    "resolve_difference",
    "restore_section",
    "save_learning",
    "save_proceeding",
    "save_section",
    "set_themes",
    "start_drafting",
    "start_gathering",
    "sweep",
    "sweep_circulations",
    "take_bundle",
    "unlink_evidence",
    "unmark_safe_copy",
    "withdraw",
    "withdraw_issue",
]
