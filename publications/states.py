"""A publication from planned to published: every status, whose move it is, and every verb (a leaf)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission
from publications.disclosure.states import CHECKS, FINDINGS  # noqa: F401 - for the state diagrams


class Status(TextChoices):
    """Where the publication of a review stands."""

    PLANNED = "planned", "Planned"
    PUBLISHED = "published", "Published"
    WITHHELD = "withheld", "Decided not to publish"
    TAKEN_DOWN = "taken_down", "Taken down"


S = Status

TABLE = StateTable(
    name="publication",
    statuses=Status,
    transitions=[
        row("publish", S.PLANNED, S.PUBLISHED, Permission.PUBLISH),
        row("withhold", S.PLANNED, S.WITHHELD, Permission.PUBLISH),
        row("plan_again", (S.WITHHELD, S.TAKEN_DOWN), S.PLANNED, Permission.PUBLISH),
        row("take_down", S.PUBLISHED, S.TAKEN_DOWN, Permission.PUBLISH),
    ],
    owners={
        S.PLANNED: "Business manager, to prepare it",
        S.PUBLISHED: "Business manager, to keep it available",
        S.WITHHELD: "Nobody",
        S.TAKEN_DOWN: "Nobody",
    },
)
