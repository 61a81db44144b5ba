"""A commissioned review from commissioning to sign-off: every status, whose move it is, and every verb (a leaf)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission
from practice_reviews.states_beside import ANSWERS, CHECKS, DRAFTS, EVENTS, FAMILY, PROCEEDINGS  # noqa: F401 - drawn


class Status(TextChoices):
    """Where a commissioned review stands."""

    COMMISSIONED = "commissioned", "Commissioned"
    UNDER_WAY = "under_way", "Under way"
    DRAFTED = "drafted", "Draft with the agencies"
    SIGNED_OFF = "signed_off", "Signed off"
    STOPPED = "stopped", "Stopped"


S = Status
MANAGE, SIGN_OFF = Permission.MANAGE_PRACTICE_REVIEWS, Permission.SIGN_OFF_PRACTICE_REVIEWS

RUNNING = (S.COMMISSIONED, S.UNDER_WAY, S.DRAFTED)
NOT_STOPPED = (*RUNNING, S.SIGNED_OFF)

TABLE = StateTable(
    name="commissioned review",
    statuses=Status,
    transitions=[
        row("commission", "", S.COMMISSIONED, MANAGE),
        *(row("set_scope", status, status, MANAGE) for status in RUNNING),
        *(row("agree_terms", status, status, SIGN_OFF) for status in RUNNING),
        *(row("choose_reviewer", status, status, MANAGE) for status in RUNNING),
        *(row("accept_declaration", status, status, SIGN_OFF) for status in RUNNING),
        *(row("request_of_reviewer", status, status, MANAGE) for status in RUNNING),
        *(row("work_with_panel", status, status, MANAGE) for status in RUNNING),
        *(row("move_milestones", status, status, MANAGE) for status in NOT_STOPPED),
        # Telling and notices of delay go on after sign-off: publication may still be late.
        *(row("write_letters", status, status, MANAGE) for status in NOT_STOPPED),
        row("begin", S.COMMISSIONED, S.UNDER_WAY, MANAGE),
        row("circulate_draft", (S.UNDER_WAY, S.DRAFTED), S.DRAFTED, MANAGE),
        row("sign_off", S.DRAFTED, S.SIGNED_OFF, SIGN_OFF),
        row("reopen", S.SIGNED_OFF, S.DRAFTED, MANAGE),
        row("stop", RUNNING, S.STOPPED, SIGN_OFF),
    ],
    owners={
        S.COMMISSIONED: "Business manager, to agree scope and reviewer",
        S.UNDER_WAY: "The reviewer",
        S.DRAFTED: "The agencies, to check the facts",
        S.SIGNED_OFF: "Business manager, to plan publication",
        S.STOPPED: "Nobody",
    },
)


class AskStatus(TextChoices):
    """Where a single-agency review stands with its agency. Late is no status: it is the date compared with today."""

    ASKED = "asked", "Asked"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    RECEIVED = "received", "Report received"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Mover(TextChoices):
    """Who moves a single-agency review without a right of the Panel."""

    AGENCY = "agency", "the agency asked, by its link or as its member"


A = AskStatus
ASK_WAITS = (A.ASKED, A.ACCEPTED)

ASKS = StateTable(
    name="request to the agency",
    statuses=AskStatus,
    transitions=[
        row("ask", "", A.ASKED, MANAGE),
        row("accept", A.ASKED, A.ACCEPTED, Mover.AGENCY),
        row("decline", A.ASKED, A.DECLINED, Mover.AGENCY),
        row("ask_again", A.DECLINED, A.ASKED, MANAGE),
        *(row("readdress", status, status, MANAGE) for status in ASK_WAITS),
        row("receive", A.ACCEPTED, A.RECEIVED, MANAGE),
        row("withdraw", (A.ASKED, A.ACCEPTED, A.DECLINED), A.WITHDRAWN, SIGN_OFF),
    ],
    owners={
        A.ASKED: "The agency, to accept or decline",
        A.ACCEPTED: "The agency, to report",
        A.DECLINED: "The business manager, to ask again or take it to the chair",
        A.RECEIVED: "Nobody",
        A.WITHDRAWN: "Nobody",
    },
)


class ReviewerStatus(TextChoices):
    """Where one person stands in the search for a reviewer."""

    CONSIDERED = "considered", "Considered"
    NOT_CHOSEN = "not_chosen", "Not chosen"
    APPOINTED = "appointed", "Appointed"
    ENDED = "ended", "Appointment ended"


R = ReviewerStatus

REVIEWERS = StateTable(
    name="reviewer",
    statuses=ReviewerStatus,
    transitions=[
        row("consider", "", R.CONSIDERED, MANAGE),
        row("turn_down", R.CONSIDERED, R.NOT_CHOSEN, MANAGE),
        row("appoint", (R.CONSIDERED, R.NOT_CHOSEN), R.APPOINTED, MANAGE),
        row("end", R.APPOINTED, R.ENDED, MANAGE),
    ],
    owners={
        R.CONSIDERED: "Business manager, to choose",
        R.NOT_CHOSEN: "Nobody",
        R.APPOINTED: "The reviewer",
        R.ENDED: "Nobody",
    },
)
