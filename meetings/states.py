"""An invitation, a sitting and its minutes: every status, whose move, every verb (a leaf)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission


class Reply(TextChoices):
    """Where an invitation stands."""

    INVITED = "invited", "No reply yet"
    ACCEPTED = "accepted", "Comes"
    DECLINED = "declined", "Does not come"
    WITHDRAWN = "withdrawn", "No longer asked"


class Mover(TextChoices):
    """Who moves an invitation without a right of the Panel."""

    INVITEE = "invitee", "the person invited, by link or signed in, or who plans the meetings for them"


R = Reply
REPLIES = StateTable(
    name="invitation",
    statuses=Reply,
    transitions=[
        row("accept", (R.INVITED, R.DECLINED), R.ACCEPTED, Mover.INVITEE),
        row("decline", (R.INVITED, R.ACCEPTED), R.DECLINED, Mover.INVITEE),
        row("ask_again", (R.INVITED, R.ACCEPTED, R.DECLINED, R.WITHDRAWN), R.INVITED, Permission.PLAN_MEETINGS),
        row("withdraw", (R.INVITED, R.ACCEPTED, R.DECLINED), R.WITHDRAWN, Permission.PLAN_MEETINGS),
    ],
    owners={
        R.INVITED: "The person invited, to reply",
        R.ACCEPTED: "Nobody",
        R.DECLINED: "Their named deputy, who is asked",
        R.WITHDRAWN: "Nobody",
    },
)


class Stage(TextChoices):
    """Where the sitting of a meeting stands."""

    PREPARING = "preparing", "Being prepared"
    OPEN = "open", "Sitting"
    ENDED = "ended", "Ended"


SITTINGS = StateTable(
    name="sitting",
    statuses=Stage,
    transitions=[
        row("open", Stage.PREPARING, Stage.OPEN, Permission.CONDUCT_MEETINGS),
        row("end", Stage.OPEN, Stage.ENDED, Permission.CONDUCT_MEETINGS),
        row("resume", Stage.ENDED, Stage.OPEN, Permission.CONDUCT_MEETINGS),
    ],
    owners={
        Stage.PREPARING: "Business manager, to prepare the agenda and the papers",
        Stage.OPEN: "Whoever keeps the minutes",
        Stage.ENDED: "Whoever keeps the minutes, to draft them",
    },
)


class MinutesStatus(TextChoices):
    DRAFT = "draft", "Draft"
    CIRCULATED = "circulated", "With the members"
    APPROVED = "approved", "Approved"


MINUTES = StateTable(
    name="record of minutes",
    statuses=MinutesStatus,
    transitions=[
        row(
            "correct", (MinutesStatus.DRAFT, MinutesStatus.CIRCULATED), MinutesStatus.DRAFT, Permission.CONDUCT_MEETINGS
        ),
        row("circulate", MinutesStatus.DRAFT, MinutesStatus.CIRCULATED, Permission.CONDUCT_MEETINGS),
        row("approve", MinutesStatus.CIRCULATED, MinutesStatus.APPROVED, Permission.CONDUCT_MEETINGS),
    ],
    owners={
        MinutesStatus.DRAFT: "Whoever keeps the minutes, to correct and circulate them",
        MinutesStatus.CIRCULATED: "The next meeting, to approve them",
        MinutesStatus.APPROVED: "Nobody",
    },
)
