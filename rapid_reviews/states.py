"""The rapid review from opened to sent: every status, whose move it is, and every verb (a leaf: imports no model)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission


class Status(TextChoices):
    """Where a rapid review stands (Working Together: gather facts, analyse, recommend, decide, send)."""

    OPENED = "opened", "Opened"
    GATHERING = "gathering", "Gathering information"
    DRAFTING = "drafting", "Analysis and drafting"
    RECOMMENDED = "recommended", "Recommended"
    DECIDED = "decided", "Decided"
    SENT = "sent", "Sent to the national Panel"
    WITHDRAWN = "withdrawn", "Withdrawn"


BEFORE_RECOMMENDATION = (Status.OPENED, Status.GATHERING, Status.DRAFTING)
OPEN = (*BEFORE_RECOMMENDATION, Status.RECOMMENDED, Status.DECIDED)
CLOSED = (Status.SENT, Status.WITHDRAWN)

TABLE = StateTable(
    name="rapid review",
    statuses=Status,
    transitions=[
        row("start_gathering", Status.OPENED, Status.GATHERING, Permission.EDIT_RAPID_REVIEW),
        row("start_drafting", Status.GATHERING, Status.DRAFTING, Permission.EDIT_RAPID_REVIEW),
        # The sections may be mended until the review is sent; the grounds only until there is a recommendation.
        *(row("edit_sections", status, status, Permission.EDIT_RAPID_REVIEW) for status in OPEN),
        *(row("complete_milestones", status, status, Permission.EDIT_RAPID_REVIEW) for status in OPEN),
        *(row("answer_criteria", status, status, Permission.EDIT_RAPID_REVIEW) for status in BEFORE_RECOMMENDATION),
        *(row("draft_recommendation", status, status, Permission.RECOMMEND) for status in BEFORE_RECOMMENDATION),
        row("record_recommendation", Status.DRAFTING, Status.RECOMMENDED, Permission.RECOMMEND),
        # Reached with the third decision, if the three are the same; until then the review stays recommended.
        row("decide", Status.RECOMMENDED, Status.DECIDED, Permission.DECIDE),
        row("reopen_recommendation", Status.RECOMMENDED, Status.DRAFTING, Permission.RECOMMEND),
        row("record_sending", Status.DECIDED, Status.SENT, Permission.SEND_RAPID_REVIEW),
        row("withdraw", OPEN, Status.WITHDRAWN, Permission.WITHDRAW_RAPID_REVIEW),
    ],
    owners={
        Status.OPENED: "Business manager",
        Status.GATHERING: "Agencies involved",
        Status.DRAFTING: "The Panel",
        Status.RECOMMENDED: "Safeguarding Partners",
        Status.DECIDED: "Business manager",
        Status.SENT: "National Panel",
        Status.WITHDRAWN: "Nobody",
    },
)


class BundleStatus(TextChoices):
    """Where the making of an evidence bundle stands."""

    WAITING = "waiting", "Waiting to be made"
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"
    REMOVED = "removed", "Removed: its time was over"


B = BundleStatus

# Asking makes a new row. What follows is the worker's, which acts for nobody: `claim` again where a worker was lost.
BUNDLES = StateTable(
    name="evidence bundle",
    statuses=BundleStatus,
    transitions=[
        row("claim", (B.WAITING, B.MAKING), B.MAKING, Permission.SEE_CASES),
        row("keep", B.MAKING, B.READY, Permission.SEE_CASES),
        # A document in it may no longer stand in redacted bundles.
        row("begin_again", B.MAKING, B.WAITING, Permission.SEE_CASES),
        row("give_up", (B.WAITING, B.MAKING), B.FAILED, Permission.SEE_CASES),
        row("remove", B.READY, B.REMOVED, Permission.SEE_CASES),
    ],
    owners={
        B.WAITING: "Nobody: a worker takes it up",
        B.MAKING: "Nobody: a worker makes it",
        B.READY: "Whoever asked, to take it",
        B.FAILED: "Whoever asked, to ask again",
        B.REMOVED: "Nobody",
    },
)
