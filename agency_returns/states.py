"""A request for information from asked to returned: every status, whose move it is, every verb (a leaf)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission
from referrals.states import CLOSED as CLOSED_CASES
from referrals.states import Status as CaseStatus


class Status(TextChoices):
    """Where a request stands. Late is no status: it is the due date compared with today."""

    ASKED = "asked", "Asked"
    OPENED = "opened", "Opened"
    STARTED = "started", "Started"
    SIGNING = "signing", "Awaiting sign-off"
    RETURNED = "returned", "Returned"
    NO_INVOLVEMENT = "no_involvement", "No involvement"
    CLOSED = "closed", "Closed unanswered"


class Mover(TextChoices):
    """Who moves a request without a right of the Panel."""

    AGENCY = "agency", "the agency asked, by its link or as its member"
    SIGNER = "signer", "the agency’s senior lead, by their own link"


S = Status

UNANSWERED = (S.ASKED, S.OPENED, S.STARTED)
WAITING = (*UNANSWERED, S.SIGNING)
ENDED = CLOSED_CASES | {CaseStatus.REVIEWED}  # cases about which nothing is asked or answered any more

TABLE = StateTable(
    name="request for information",
    statuses=Status,
    transitions=[
        row("open", S.ASKED, S.OPENED, Mover.AGENCY),
        row("start", (S.ASKED, S.OPENED), S.STARTED, Mover.AGENCY),
        row("declare_no_involvement", UNANSWERED, S.NO_INVOLVEMENT, Mover.AGENCY),
        row("answer_after_all", S.NO_INVOLVEMENT, S.STARTED, Mover.AGENCY),
        row("submit", S.STARTED, S.SIGNING, Mover.AGENCY),
        row("take_back", S.SIGNING, S.STARTED, Mover.AGENCY),
        row("send_back", S.SIGNING, S.STARTED, Mover.SIGNER),
        row("sign_off", S.SIGNING, S.RETURNED, Mover.SIGNER),
        row("add_more", S.RETURNED, S.STARTED, Mover.AGENCY),
        row("close", WAITING, S.CLOSED, Permission.ASK_AGENCIES),
    ],
    owners={
        S.ASKED: "The agency",
        S.OPENED: "The agency",
        S.STARTED: "The agency",
        S.SIGNING: "The agency’s senior lead",
        S.RETURNED: "The Panel, to read it",
        S.NO_INVOLVEMENT: "Nobody",
        S.CLOSED: "Nobody",
    },
)
