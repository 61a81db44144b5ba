"""What runs beside a commissioned review, each with its table (a leaf): the family, events with practitioners, parallel
proceedings, drafts, an agency's check of the facts, and the answer to a comment."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission

MANAGE = Permission.MANAGE_PRACTICE_REVIEWS


class Mover(TextChoices):
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
        row("write", UNANSWERED, C.STARTED, Mover.AGENCY),
        row("send", C.STARTED, C.COMMENTED, Mover.AGENCY),
        row("say_no_comments", UNANSWERED, C.NO_COMMENTS, Mover.AGENCY),
        row("take_back", (C.COMMENTED, C.NO_COMMENTS), C.STARTED, Mover.AGENCY),
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


A = AnswerStatus
CHANGES_THE_DRAFT = (A.ACCEPTED, A.PARTLY)

ANSWERS = StateTable(
    name="comment",
    statuses=AnswerStatus,
    transitions=[
        row("accept", A, A.ACCEPTED, MANAGE),
        row("accept_in_part", A, A.PARTLY, MANAGE),
        row("refuse", A, A.REFUSED, MANAGE),
    ],
    owners={
        A.OPEN: "Business manager, to answer it",
        A.ACCEPTED: "The reviewer, to change the draft",
        A.PARTLY: "The reviewer, to change the draft",
        A.REFUSED: "Nobody",
    },
)
