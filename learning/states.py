"""Points, reviews of others, messages, products, cascades, briefings: status, whose move, every verb (a leaf)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission

MANAGE, EDIT = Permission.MANAGE_LEARNING, Permission.EDIT_LEARNING


class Mover(TextChoices):
    """Who moves something without a right of the Panel."""

    READER = "reader", "a reader to whom the review was given"
    AGENCY = "agency", "the agency that was asked, by its link or as its member"


class PointStatus(TextChoices):
    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"
    SET_ASIDE = "set_aside", "Set aside"


P = PointStatus
POINTS = StateTable(
    name="learning point",
    statuses=PointStatus,
    transitions=[
        row("agree", P.PROPOSED, P.AGREED, MANAGE),
        row("set_aside", (P.PROPOSED, P.AGREED), P.SET_ASIDE, MANAGE),
        row("take_up", P.SET_ASIDE, P.PROPOSED, MANAGE),
    ],
    owners={
        P.PROPOSED: "Chair or business manager, to agree it",
        P.AGREED: "The Panel, to make a key message of it",
        P.SET_ASIDE: "Nobody",
    },
)


class ReadingStatus(TextChoices):
    LISTED = "listed", "On the reading list"
    READING = "reading", "Being read"
    READ = "read", "Read"
    DECIDED = "decided", "Decided"


R = ReadingStatus
READING = StateTable(
    name="review of others",
    statuses=ReadingStatus,
    transitions=[
        row("assign", (R.LISTED, R.READING, R.READ), R.READING, MANAGE),
        row("finish_reading", R.READING, R.READ, Mover.READER),
        row("decide", (R.LISTED, R.READING, R.READ), R.DECIDED, MANAGE),
        row("reopen", R.DECIDED, R.READ, MANAGE),
    ],
    owners={
        R.LISTED: "Chair or business manager, to say who reads it",
        R.READING: "Its readers",
        R.READ: "Chair or business manager, to decide",
        R.DECIDED: "Nobody",
    },
)


class MessageStatus(TextChoices):
    DRAFTED = "drafted", "Draft"
    RECOMMENDED = "recommended", "With the Executive Group"
    AGREED = "agreed", "Agreed"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


M = MessageStatus
MESSAGES = StateTable(
    name="key message",
    statuses=MessageStatus,
    transitions=[
        row("recommend", M.DRAFTED, M.RECOMMENDED, MANAGE),
        row("send_back", M.RECOMMENDED, M.DRAFTED, MANAGE),
        row("agree", M.RECOMMENDED, M.AGREED, MANAGE),
        row("close", M.AGREED, M.CLOSED, MANAGE),
        row("withdraw", (M.DRAFTED, M.RECOMMENDED, M.AGREED), M.WITHDRAWN, MANAGE),
    ],
    owners={
        M.DRAFTED: "The Panel, to recommend it",
        M.RECOMMENDED: "The Executive Group, to agree it",
        M.AGREED: "Business manager, to bring it to its audiences",
        M.CLOSED: "Nobody",
        M.WITHDRAWN: "Nobody",
    },
)


class ProductStatus(TextChoices):
    PLANNED = "planned", "Planned"
    ISSUED = "issued", "Issued"
    CANCELLED = "cancelled", "Cancelled"


PRODUCTS = StateTable(
    name="product",
    statuses=ProductStatus,
    transitions=[
        row("issue", ProductStatus.PLANNED, ProductStatus.ISSUED, MANAGE),
        row("cancel", ProductStatus.PLANNED, ProductStatus.CANCELLED, MANAGE),
    ],
    owners={
        ProductStatus.PLANNED: "Business manager, to issue it",
        ProductStatus.ISSUED: "The agencies, to cascade it",
        ProductStatus.CANCELLED: "Nobody",
    },
)


class CascadeStatus(TextChoices):
    ASKED = "asked", "Asked"
    CONFIRMED = "confirmed", "Confirmed"
    WITHDRAWN = "withdrawn", "No longer asked"


CASCADES = StateTable(
    name="cascade",
    statuses=CascadeStatus,
    transitions=[
        row("confirm", CascadeStatus.ASKED, CascadeStatus.CONFIRMED, Mover.AGENCY),
        row("withdraw", CascadeStatus.ASKED, CascadeStatus.WITHDRAWN, MANAGE),
    ],
    owners={
        CascadeStatus.ASKED: "The agency",
        CascadeStatus.CONFIRMED: "Nobody",
        CascadeStatus.WITHDRAWN: "Nobody",
    },
)


class BriefingStatus(TextChoices):
    DRAFT = "draft", "Draft"
    FINISHED = "finished", "Finished"


BRIEFINGS = StateTable(
    name="briefing",
    statuses=BriefingStatus,
    transitions=[
        row("finish", BriefingStatus.DRAFT, BriefingStatus.FINISHED, MANAGE),
        row("reopen", BriefingStatus.FINISHED, BriefingStatus.DRAFT, MANAGE),
    ],
    owners={BriefingStatus.DRAFT: "Whoever writes it", BriefingStatus.FINISHED: "Nobody"},
)
