"""A disclosure check and its findings: every status, whose move it is, and every verb (a leaf)."""

from django.db.models import TextChoices

from core.states import StateTable, row
from panel.permissions import Permission


class CheckStatus(TextChoices):
    """Where a check stands. The row with the status "waiting" is the queue."""

    WAITING = "waiting", "Being checked"
    DONE = "done", "Checked"
    UNREADABLE = "unreadable", "Could not be read"
    FAILED = "failed", "Broke off"


class FindingStatus(TextChoices):
    """Where a finding stands. Open and proposed ones stop publication."""

    OPEN = "open", "Open"
    PROPOSED = "proposed", "Acceptance proposed"
    ACCEPTED = "accepted", "Accepted"
    MENDED = "mended", "Mended"


class Mover(TextChoices):
    """Who moves a check or a finding where nobody decides."""

    SYSTEM = "system", "check files by itself"


C, F = CheckStatus, FindingStatus

BLOCKING = (F.OPEN, F.PROPOSED)
STANDING = (F.OPEN, F.PROPOSED, F.ACCEPTED)

CHECKS = StateTable(
    name="disclosure check",
    statuses=CheckStatus,
    transitions=[
        row("finish", C.WAITING, C.DONE, Mover.SYSTEM),
        row("refuse_file", C.WAITING, C.UNREADABLE, Mover.SYSTEM),
        row("give_up", C.WAITING, C.FAILED, Mover.SYSTEM),
        row("try_again", C.FAILED, C.WAITING, Permission.PREPARE_PUBLICATION),
    ],
    owners={
        C.WAITING: "Nobody: the report is being read",
        C.DONE: "Business manager, to mend the findings or have them accepted",
        C.UNREADABLE: "Business manager, to choose another file",
        C.FAILED: "Business manager, to try again",
    },
)

FINDINGS = StateTable(
    name="disclosure finding",
    statuses=FindingStatus,
    transitions=[
        row("propose", F.OPEN, F.PROPOSED, Permission.PREPARE_PUBLICATION),
        # By another person than who proposed it and who gave the file: permissions.check_second.
        row("accept", F.PROPOSED, F.ACCEPTED, Permission.PREPARE_PUBLICATION),
        row("refuse", F.PROPOSED, F.OPEN, Permission.PREPARE_PUBLICATION),
        row("reopen", F.ACCEPTED, F.OPEN, Permission.PREPARE_PUBLICATION),
        row("mend", STANDING, F.MENDED, Mover.SYSTEM),
    ],
    owners={
        F.OPEN: "Whoever mends the report, or proposes to accept it",
        F.PROPOSED: "A second person, to accept or refuse",
        F.ACCEPTED: "Nobody",
        F.MENDED: "Nobody",
    },
)
