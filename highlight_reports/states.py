"""The highlight report from draft to the Executive's inbox (a leaf: imports no model)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission


class Status(TextChoices):
    """Where a report stands. Its figures are live in a draft and frozen from the submission on."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for approval"
    RENDERING = "rendering", "Being made into a PDF"
    FAILED = "failed", "PDF could not be made"
    READY = "ready", "Ready to send"
    SENT = "sent", "Sent"
    DISCARDED = "discarded", "Discarded"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = Status

APPROVED = (S.RENDERING, S.FAILED, S.READY, S.SENT, S.WITHDRAWN)
OVER = (S.DISCARDED, S.WITHDRAWN)  # another report may stand in its place
WITH_PDF = (S.READY, S.SENT)

TABLE = StateTable(
    name="report",
    statuses=Status,
    transitions=[
        row("reschedule", S.DRAFT, S.DRAFT, Permission.WRITE_REPORT),
        row("write_commentary", S.DRAFT, S.DRAFT, Permission.WRITE_REPORT),
        row("add_ask", S.DRAFT, S.DRAFT, Permission.WRITE_REPORT),
        row("drop_ask", S.DRAFT, S.DRAFT, Permission.WRITE_REPORT),
        row("discard", S.DRAFT, S.DISCARDED, Permission.WRITE_REPORT),
        row("submit", S.DRAFT, S.SUBMITTED, Permission.WRITE_REPORT),
        row("send_back", S.SUBMITTED, S.DRAFT, Permission.APPROVE_REPORT),
        # Four eyes: whoever wrote or submitted it may not approve it, whatever their role.
        row("approve", S.SUBMITTED, S.RENDERING, Permission.APPROVE_REPORT),
        # The next two are the worker's, which acts for nobody.
        row("keep_pdf", S.RENDERING, S.READY, Permission.WRITE_REPORT),
        row("give_up", S.RENDERING, S.FAILED, Permission.WRITE_REPORT),
        row("render_again", S.FAILED, S.RENDERING, Permission.WRITE_REPORT),
        # Sending again reaches those who joined the list since; nobody gets it twice.
        row("send", (S.READY, S.SENT), S.SENT, Permission.SEND_REPORT),
        # Never overwritten: it stays, marked, and a numbered correction takes its place.
        row("withdraw", (S.READY, S.SENT), S.WITHDRAWN, Permission.SEND_REPORT),
        row("correct", S.WITHDRAWN, S.WITHDRAWN, Permission.WRITE_REPORT),
    ],
    owners={
        S.DRAFT: "Business manager, to write the commentary",
        S.SUBMITTED: "Chair or deputy chair, to approve it",
        S.RENDERING: "Nobody: the PDF is being made",
        S.FAILED: "Business manager, to try again",
        S.READY: "Business manager, to send it",
        S.SENT: "Executive Group, to read it",
        S.DISCARDED: "Nobody",
        S.WITHDRAWN: "Business manager, to correct it",
    },
)
