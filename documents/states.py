"""The life of a document, and every change that there is."""

from django.db.models import TextChoices

from core.states import StateTable, row
from documents.choices import Right


class Status(TextChoices):
    WAITING = "waiting", "Waiting for the virus scan"
    AVAILABLE = "available", "Available"
    REFUSED = "refused", "Refused by the virus scan"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DISPOSED = "disposed", "Disposed of"


class Mover(TextChoices):
    """Who moves a document where nobody decides."""

    SYSTEM = "system", "scan documents by itself"


S = Status

HAS_FILE = frozenset({S.WAITING, S.AVAILABLE, S.WITHDRAWN})
LIVE = frozenset({S.WAITING, S.AVAILABLE})

TABLE = StateTable(
    "document",
    Status,
    [
        row("pass_scan", LIVE, S.AVAILABLE, Mover.SYSTEM),
        row("refuse", LIVE, S.REFUSED, Mover.SYSTEM),
        row("withdraw", {S.WAITING, S.AVAILABLE, S.REFUSED}, S.WITHDRAWN, Right.WITHDRAW),
        # Who uploaded it, at once, because it was the wrong file: see permissions.check_take_back.
        row("take_back", LIVE, S.WITHDRAWN, Right.ADD),
        row("dispose", {S.AVAILABLE, S.WITHDRAWN}, S.DISPOSED, Right.DISPOSE),
    ],
    owners={
        S.WAITING: "The virus scanner",
        S.AVAILABLE: "Nobody",
        S.REFUSED: "Business manager, to tell the sender and withdraw it",
        S.WITHDRAWN: "Business manager, to dispose of it when its time is over",
        S.DISPOSED: "Nobody: the file is gone, the record stays",
    },
)
