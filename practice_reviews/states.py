"""A commissioned review and what runs beside it: every status, whose move it is, and every verb (a leaf)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission


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


class CheckMover(TextChoices):
    """Who moves a check of the facts without a right of the Panel."""

    AGENCY = "agency", "the agency that the draft went to, by its link or as its member"


class Involvement(TextChoices):
    """How far a member of the family takes part in the review."""

    TO_INVITE = "to_invite", "Not invited yet"
    INVITED = "invited", "Invited"
    ACCEPTED = "accepted", "Takes part"
    DECLINED = "declined", "Declined"
    SET_ASIDE = "set_aside", "Not to be invited"


I = Involvement  # noqa: E741 - read aloud beside the table

FAMILY = StateTable(
    name="member of the family",
    statuses=Involvement,
    transitions=[
        row("invite", (I.TO_INVITE, I.DECLINED, I.SET_ASIDE), I.INVITED, MANAGE),
        row("accept", (I.INVITED, I.DECLINED), I.ACCEPTED, MANAGE),
        row("decline", (I.INVITED, I.ACCEPTED), I.DECLINED, MANAGE),
        row("set_aside", (I.TO_INVITE, I.INVITED), I.SET_ASIDE, MANAGE),
        row("hear_views", I.ACCEPTED, I.ACCEPTED, MANAGE),
        row("share_draft", I.ACCEPTED, I.ACCEPTED, MANAGE),
        # Also of who declined: publication concerns them all the same.
        row("tell_of_publication", I.INVITED, I.INVITED, MANAGE),
        row("tell_of_publication", I.ACCEPTED, I.ACCEPTED, MANAGE),
        row("tell_of_publication", I.DECLINED, I.DECLINED, MANAGE),
        row("tell_of_publication", I.SET_ASIDE, I.SET_ASIDE, MANAGE),
    ],
    owners={
        I.TO_INVITE: "The reviewer or the business manager, to invite",
        I.INVITED: "The family, to answer",
        I.ACCEPTED: "The reviewer, to hear the family and show the draft",
        I.DECLINED: "Business manager, to tell of the publication",
        I.SET_ASIDE: "Nobody",
    },
)


class EventStatus(TextChoices):
    """Where an event with practitioners stands."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


EVENTS = StateTable(
    name="practitioner event",
    statuses=EventStatus,
    transitions=[
        row("change", EventStatus.PLANNED, EventStatus.PLANNED, MANAGE),
        row("hold", EventStatus.PLANNED, EventStatus.HELD, MANAGE),
        row("correct", EventStatus.HELD, EventStatus.HELD, MANAGE),
        row("cancel", EventStatus.PLANNED, EventStatus.CANCELLED, MANAGE),
        row("plan_again", EventStatus.CANCELLED, EventStatus.PLANNED, MANAGE),
    ],
    owners={
        EventStatus.PLANNED: "The reviewer",
        EventStatus.HELD: "Nobody",
        EventStatus.CANCELLED: "Nobody",
    },
)


class ProceedingStatus(TextChoices):
    """Whether proceedings beside the review still run."""

    OPEN = "open", "Open"
    ENDED = "ended", "Ended"


PROCEEDINGS = StateTable(
    name="parallel proceeding",
    statuses=ProceedingStatus,
    transitions=[
        row("change", ProceedingStatus.OPEN, ProceedingStatus.OPEN, MANAGE),
        row("end", ProceedingStatus.OPEN, ProceedingStatus.ENDED, MANAGE),
        row("reopen", ProceedingStatus.ENDED, ProceedingStatus.OPEN, MANAGE),
    ],
    owners={
        ProceedingStatus.OPEN: "Business manager, to keep in touch with the contact",
        ProceedingStatus.ENDED: "Nobody",
    },
)


class DraftStatus(TextChoices):
    """Where one version of the report stands."""

    PREPARED = "prepared", "Prepared"
    OUT = "out", "With the agencies"
    CLOSED = "closed", "Round closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


DRAFTS = StateTable(
    name="draft",
    statuses=DraftStatus,
    transitions=[
        row("circulate", DraftStatus.PREPARED, DraftStatus.OUT, MANAGE),
        row("extend", DraftStatus.OUT, DraftStatus.OUT, MANAGE),
        row("close_round", DraftStatus.OUT, DraftStatus.CLOSED, MANAGE),
        row("withdraw", (DraftStatus.PREPARED, DraftStatus.OUT), DraftStatus.WITHDRAWN, MANAGE),
    ],
    owners={
        DraftStatus.PREPARED: "Business manager, to send it to the agencies",
        DraftStatus.OUT: "The agencies, to check the facts",
        DraftStatus.CLOSED: "Business manager, to answer the comments",
        DraftStatus.WITHDRAWN: "Nobody",
    },
)


class CheckStatus(TextChoices):
    """Where one agency's check of the facts stands."""

    ASKED = "asked", "Asked"
    STARTED = "started", "Writing comments"
    COMMENTED = "commented", "Comments sent"
    NO_COMMENTS = "no_comments", "No comments"
    CLOSED = "closed", "Closed unanswered"


C = CheckStatus
UNANSWERED = (C.ASKED, C.STARTED)
SENT = (C.COMMENTED, C.CLOSED)  # comments in these wait for an answer; what was written and not sent is not lost

CHECKS = StateTable(
    name="check of the facts",
    statuses=CheckStatus,
    transitions=[
        row("write", UNANSWERED, C.STARTED, CheckMover.AGENCY),
        row("send", C.STARTED, C.COMMENTED, CheckMover.AGENCY),
        row("say_no_comments", UNANSWERED, C.NO_COMMENTS, CheckMover.AGENCY),
        row("take_back", (C.COMMENTED, C.NO_COMMENTS), C.STARTED, CheckMover.AGENCY),
        row("close", UNANSWERED, C.CLOSED, MANAGE),
    ],
    owners={
        C.ASKED: "The agency",
        C.STARTED: "The agency",
        C.COMMENTED: "Business manager, to answer each comment",
        C.NO_COMMENTS: "Nobody",
        C.CLOSED: "Nobody",
    },
)


class AnswerStatus(TextChoices):
    """What became of a comment on a draft."""

    OPEN = "open", "Not answered yet"
    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    REFUSED = "refused", "Not accepted"


N = AnswerStatus
CHANGES_THE_DRAFT = (N.ACCEPTED, N.PARTLY)

ANSWERS = StateTable(
    name="comment",
    statuses=AnswerStatus,
    transitions=[
        row("accept", AnswerStatus, N.ACCEPTED, MANAGE),
        row("accept_in_part", AnswerStatus, N.PARTLY, MANAGE),
        row("refuse", AnswerStatus, N.REFUSED, MANAGE),
    ],
    owners={
        N.OPEN: "Business manager, to answer it",
        N.ACCEPTED: "The reviewer, to change the draft",
        N.PARTLY: "The reviewer, to change the draft",
        N.REFUSED: "Nobody",
    },
)
