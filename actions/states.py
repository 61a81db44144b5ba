"""An action from proposed to closed, and a new date asked for: every status, whose move, every verb (a leaf)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission


class Status(TextChoices):
    """Where an action stands. Late is no status: it is the due date compared with today (rag.py)."""

    PROPOSED = "proposed", "Proposed"
    OPEN = "open", "Open"
    CLAIMED = "claimed", "Claimed complete"
    COMPLETE = "complete", "Complete, evidence seen"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class Mover(TextChoices):
    """Who moves an action without a right of the Panel."""

    AGENCY = "agency", "an agency that the action is for, by its link or as its member"


S = Status

RUNNING = (S.OPEN, S.CLAIMED)
ENDED = (S.COMPLETE, S.CLOSED, S.CANCELLED)

TABLE = StateTable(
    name="action",
    statuses=Status,
    transitions=[
        row("agree", S.PROPOSED, S.OPEN, Permission.MANAGE_ACTIONS),
        row("claim", S.OPEN, S.CLAIMED, Mover.AGENCY),
        row("take_back", S.CLAIMED, S.OPEN, Mover.AGENCY),
        row("send_back", S.CLAIMED, S.OPEN, Permission.MANAGE_ACTIONS),
        row("confirm", S.CLAIMED, S.COMPLETE, Permission.MANAGE_ACTIONS),
        row("close", S.COMPLETE, S.CLOSED, Permission.CLOSE_ACTIONS),
        row("cancel", (S.PROPOSED, S.OPEN, S.CLAIMED), S.CANCELLED, Permission.MANAGE_ACTIONS),
        row("reopen", ENDED, S.OPEN, Permission.MANAGE_ACTIONS),
    ],
    owners={
        S.PROPOSED: "Chair or business manager, to agree it",
        S.OPEN: "The agency",
        S.CLAIMED: "The Panel, to see the evidence",
        S.COMPLETE: "A Panel meeting or the chair, to close it",
        S.CLOSED: "Nobody",
        S.CANCELLED: "Nobody",
    },
)


class DateStatus(TextChoices):
    """Where a wish for another due date stands."""

    ASKED = "asked", "Asked for"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


DATES = StateTable(
    name="new date asked for",
    statuses=DateStatus,
    transitions=[
        row("approve", DateStatus.ASKED, DateStatus.APPROVED, Permission.DECIDE_ACTION_DATES),
        row("refuse", DateStatus.ASKED, DateStatus.REFUSED, Permission.DECIDE_ACTION_DATES),
    ],
    owners={
        DateStatus.ASKED: "The chair",
        DateStatus.APPROVED: "Nobody",
        DateStatus.REFUSED: "Nobody",
    },
)
