"""Every change of a report's state, split by who makes it."""

from highlight_reports.workflow.approval import approve, send_back, submit
from highlight_reports.workflow.drafting import CommentaryConflict, assemble, discard, reschedule, write_commentary
from highlight_reports.workflow.rendering import MAX_ATTEMPTS, begin_attempt, keep_pdf, render, render_again, sweep
from highlight_reports.workflow.sending import Sending, WalledRecipients, send

__all__ = [
    "MAX_ATTEMPTS",
    "CommentaryConflict",
    "Sending",
    "WalledRecipients",
    "approve",
    "assemble",
    "begin_attempt",
    "discard",
    "keep_pdf",
    "render",
    "render_again",
    "reschedule",
    "send",
    "send_back",
    "submit",
    "sweep",
    "write_commentary",
]
