"""Every change of a report's state, split by who makes it."""

from highlight_reports.workflow.approval import approve, send_back, submit
from highlight_reports.workflow.asking import add_ask, answer, chase_answers, check_may_answer, drop_ask
from highlight_reports.workflow.drafting import CommentaryConflict, assemble, discard, reschedule, write_commentary
from highlight_reports.workflow.preparing import prepare_drafts
from highlight_reports.workflow.rendering import MAX_ATTEMPTS, begin_attempt, keep_pdf, render, render_again, sweep
from highlight_reports.workflow.sending import Sending, WalledRecipients, send
from highlight_reports.workflow.withdrawing import correct, withdraw

__all__ = [
    "MAX_ATTEMPTS",
    "CommentaryConflict",
    "Sending",
    "WalledRecipients",
    "add_ask",
    "answer",
    "approve",
    "assemble",
    "begin_attempt",
    "chase_answers",
    "check_may_answer",
    "correct",
    "discard",
    "drop_ask",
    "keep_pdf",
    "prepare_drafts",
    "render",
    "render_again",
    "reschedule",
    "send",
    "send_back",
    "submit",
    "sweep",
    "withdraw",
    "write_commentary",
]
