"""Storing a document: look into it, scan it, clean it, keep the bytes, then the row that says so."""

import hashlib
from datetime import datetime
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from documents import content, permissions, scanner, storage
from documents.choices import Marking, Right, Scan
from documents.content import Cleaned, FileType
from documents.models import Document, DocumentKind, DocumentNumber
from documents.scanner import Verdict
from documents.states import LIVE, Status
from documents.workflow.base import By, local_day, note

STATUS = {
    Scan.NOT_SCANNED: Status.AVAILABLE,
    Scan.CLEAN: Status.AVAILABLE,
    Scan.WAITING: Status.WAITING,
    Scan.INFECTED: Status.REFUSED,
}
NAME_LENGTH = 255


@workflow
def store(
    *,
    owner_key: str,
    reference: str,
    file: Any,
    kind: str,
    marking: str = Marking.SENSITIVE,
    description: str = "",
    by: By = None,
    by_label: str = "",
    now: datetime,
    supersedes: Document | None = None,
    is_ours: bool = False,
) -> Document:
    """Keep `file` (anything with `.name` and `.read()`) under `owner_key`, as a document of the type with code `kind`.

    `by` is the signed-in person; without one the caller has checked who it is and gives `by_label`. The same content
    under the same key is a quiet success. `is_ours`: this service made the file, so it is kept byte for byte, with its
    title and its mark as an accessible PDF. Raises content.FileRefused, with a sentence, for a file that is not kept.
    **An infected file raises nothing**: the row that comes back has the status REFUSED, no file, and is evidence.
    """
    _check_giver(by, by_label, owner_key, now)
    kind_row = _kind(kind)
    data, facts = _examined(file, now, is_ours=is_ours)
    counter = _counter(reference)  # locked: from here on nobody else stores under this reference
    there = _there(owner_key, facts["sha256_original"])
    if there is not None and supersedes is None:
        return there
    document = Document(
        owner_key=owner_key, reference=reference, number=_next(counter), kind=kind_row, marking=Marking(marking),
        description=description.strip(), uploaded_by=by, uploaded_label=by_label.strip(), uploaded_at=now,
        **_version(supersedes, owner_key, there), **facts,
    )  # fmt: skip
    if document.has_file:
        storage.save(document.key, data)
    document.save(force_insert=True)
    _note(document, by)
    return document


def _check_giver(by: By, by_label: str, owner_key: str, now: datetime) -> None:
    if by is not None:
        permissions.check(by, Right.ADD, owner_key, on=local_day(now))
    elif not by_label.strip():
        raise ValueError("Say by whom: a person, or a label for somebody without an account.")


def _kind(code: str) -> DocumentKind:
    kind = DocumentKind.objects.filter(code=code, is_active=True).first()
    if kind is None:
        raise WorkflowError("Choose the type of document from the list.")
    return kind


def _examined(file: Any, now: datetime, *, is_ours: bool) -> tuple[bytes, dict[str, Any]]:
    """The bytes to store and what is to be known of them. What is infected is not looked into any further."""
    original: bytes = file.read()
    file_type = content.identify(original, file.name)
    verdict = scanner.scan(original)
    if verdict.result == Scan.INFECTED:
        cleaned = Cleaned(b"")
    else:
        cleaned = Cleaned(original) if is_ours else content.clean(original, file_type)
    facts = _facts(file.name, file_type, cleaned) | _scanned(verdict, now)
    return cleaned.data, facts | {"sha256_original": _digest(original)}


def _counter(reference: str) -> DocumentNumber:
    DocumentNumber.objects.get_or_create(reference=reference)
    return DocumentNumber.objects.select_for_update().get(reference=reference)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _next(counter: DocumentNumber) -> int:
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _there(owner_key: str, digest: str) -> Document | None:
    """A document of the owner with the same content, if there is one in use."""
    same = Document.objects.of(owner_key).filter(sha256_original=digest, status__in=LIVE)
    return same.select_related("kind").first()


def _version(supersedes: Document | None, owner_key: str, there: Document | None) -> dict[str, Any]:
    """Which version it is. Only what is available, of the same owner and not replaced yet can be superseded."""
    if supersedes is None:
        return {}
    old = Document.objects.select_for_update(of=("self",)).get(pk=supersedes.pk)
    if old.owner_key != owner_key or old.status != Status.AVAILABLE:
        raise WorkflowError("Only a document that is available here can get a new version.")
    if old.newer.filter(status__in=LIVE).exists():
        raise WorkflowError("This document has a newer version already. Give that one a new version.")
    if there is not None:
        raise WorkflowError(f"This file is there already, as {there.name}. Choose the changed one.")
    return {"supersedes": old, "version": old.version + 1}


def _facts(name: str, file_type: FileType, cleaned: Cleaned) -> dict[str, Any]:
    plain = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    return {
        "original_name": plain[-NAME_LENGTH:],
        "extension": file_type.extensions[0],
        "content_type": file_type.content_type,
        "size": len(cleaned.data),
        "sha256_stored": _digest(cleaned.data) if cleaned.data else "",
        "stripped": cleaned.taken,
        "not_stripped": cleaned.left,
    }


def _scanned(verdict: Verdict, now: datetime) -> dict[str, Any]:
    known = verdict.result in {Scan.CLEAN, Scan.INFECTED}
    return {
        "status": STATUS[verdict.result],
        "scan": verdict.result,
        "scanned_at": now if known else None,
        "scan_finding": verdict.finding,
    }


def _note(document: Document, by: By) -> None:
    verb = {Status.AVAILABLE: "stored", Status.WAITING: "waiting", Status.REFUSED: "refused"}[Status(document.status)]
    given = f" It came from {document.uploaded_label}." if document.uploaded_label else ""
    note(verb, document, by=by, text=document.scan_finding, kind=document.kind.name, given=given)
