"""A long PDF of a chronology from being asked for to being removed (a leaf: imports no model)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission


class ExportStatus(TextChoices):
    """Where the making of a long PDF stands. The row with the status "making" is the queue."""

    MAKING = "making", "Being made"
    READY = "ready", "Ready to download"
    FAILED = "failed", "Could not be made"
    REMOVED = "removed", "Removed"


class Mover(TextChoices):
    """Who moves an export where nobody decides."""

    SYSTEM = "system", "make and remove PDFs by itself"


S = ExportStatus

TABLE = StateTable(
    "PDF of a chronology",
    ExportStatus,
    [
        row("keep", S.MAKING, S.READY, Mover.SYSTEM),
        row("give_up", S.MAKING, S.FAILED, Mover.SYSTEM),
        row("make_again", S.FAILED, S.MAKING, Permission.SEE_CASES),
        row("remove", (S.MAKING, S.READY, S.FAILED), S.REMOVED, Mover.SYSTEM),
    ],
    owners={
        S.MAKING: "Nobody: the PDF is being made",
        S.READY: "Who asked for it, to download it",
        S.FAILED: "Who asked for it, to try again",
        S.REMOVED: "Nobody: ask for a new one",
    },
)
