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

RUNNING = (S.COMMISSIONED, S.UNDER_WAY, S.DRAFTED)

TABLE = StateTable(
    name="commissioned review",
    statuses=Status,
    transitions=[
        row("begin", S.COMMISSIONED, S.UNDER_WAY, Permission.MANAGE_PRACTICE_REVIEWS),
        row("circulate_draft", (S.UNDER_WAY, S.DRAFTED), S.DRAFTED, Permission.MANAGE_PRACTICE_REVIEWS),
        row("sign_off", S.DRAFTED, S.SIGNED_OFF, Permission.SIGN_OFF_PRACTICE_REVIEWS),
        row("reopen", S.SIGNED_OFF, S.DRAFTED, Permission.MANAGE_PRACTICE_REVIEWS),
        row("stop", RUNNING, S.STOPPED, Permission.SIGN_OFF_PRACTICE_REVIEWS),
    ],
    owners={
        S.COMMISSIONED: "Business manager, to agree scope and reviewer",
        S.UNDER_WAY: "The reviewer",
        S.DRAFTED: "The agencies, to check the facts",
        S.SIGNED_OFF: "Business manager, to plan publication",
        S.STOPPED: "Nobody",
    },
)
