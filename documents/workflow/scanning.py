"""Scanning what waits, and what came before a scanner was set up."""

from datetime import datetime

from core.guard import workflow
from documents import scanner, storage
from documents.choices import Scan
from documents.models import Document
from documents.states import TABLE
from documents.workflow.base import note, remove_file, write


@workflow
def scan(*, pk: int, now: datetime) -> Scan | None:
    """Scan one stored document and move it on. None where it is gone from the queue or another worker has it."""
    rows = Document.objects.to_scan().select_for_update(of=("self",), skip_locked=True).select_related("kind")
    document = rows.filter(pk=pk).first()
    if document is None:
        return None
    verdict = scanner.scan(storage.read(document.key))
    if verdict.result == Scan.CLEAN:
        status = TABLE.check(document.status, "pass_scan").target
        write(document, status=status, scan=Scan.CLEAN, scanned_at=now)
        note("scanned", document, by=None)
    elif verdict.result == Scan.INFECTED:
        status = TABLE.check(document.status, "refuse").target
        write(document, status=status, scan=Scan.INFECTED, scanned_at=now, scan_finding=verdict.finding)
        remove_file(document)
        note("refused", document, by=None, text=verdict.finding, kind=document.kind.name, given="")
    return verdict.result


def scan_all(*, now: datetime) -> int:
    """Scan whatever no scanner has seen; returns how many were settled. Stops where the daemon goes away."""
    if not scanner.is_configured() or not scanner.answers():
        return 0
    settled = 0
    for pk in Document.objects.to_scan().values_list("pk", flat=True):
        result = scan(pk=pk, now=now)
        settled += result in {Scan.CLEAN, Scan.INFECTED}
        if result == Scan.WAITING and not scanner.answers():
            break
    return settled
