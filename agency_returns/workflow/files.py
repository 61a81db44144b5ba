"""Files that come with a return: added and taken out while it is written, kept for good once it is signed off."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import File

from agency_returns.actors import Actor
from agency_returns.documents import new_key
from agency_returns.models import AgencyReturn, InformationRequest, ReturnFile
from agency_returns.workflow.answering import begin
from agency_returns.workflow.base import local_day, note, open_draft, take
from core.errors import WorkflowError
from core.guard import workflow
from documents import content, permissions, storage
from documents import workflow as documents
from documents.choices import Right
from documents.states import Status


@workflow
def attach(
    *, request: InformationRequest, file: Any, kind: str, description: str, by: Actor, now: datetime
) -> ReturnFile:
    """Keep one file with the version that is written; the same one again is a quiet success.

    Raises content.FileRefused, with a sentence, for a file that is not kept. An infected one raises nothing: the row
    that comes back has a document with the status REFUSED.
    """
    begin(request=request, by=by, now=now)
    request = take(request, by=by, now=now)
    version = open_draft(request)
    there = _there(version, file)
    if there is not None:
        return there
    key, label = new_key(version), by.label(request.agency)
    document = documents.store(
        owner_key=key, reference=request.referral.reference, file=file, kind=kind, description=description,
        by=by.user, by_label=label, now=now,
    )  # fmt: skip
    row = ReturnFile(version=version, owner_key=key, document=document, added_by=label, added_at=now)
    row.save()
    return row


def _there(version: AgencyReturn, file: Any) -> ReturnFile | None:
    """A file of this return with the same content. Reads `file` and winds it back."""
    digest = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    found: ReturnFile | None = ReturnFile.objects.of(version).kept().filter(document__sha256_original=digest).first()
    return found


@workflow
def remove_file(*, file: ReturnFile, by: Actor, now: datetime) -> ReturnFile:
    """Take a file out of the version in which it came, while that is written. Nobody is shown it again."""
    request = take(file.version.request, by=by, now=now)
    rows = ReturnFile.objects.select_for_update(of=("self",)).select_related("document__kind")
    row: ReturnFile = rows.get(pk=file.pk)
    if row.removed_at is not None:
        return row
    if row.document.status == Status.REFUSED:
        raise WorkflowError("The virus scan refused this file, so it was not kept. The business manager deals with it.")
    if row.version_id != open_draft(request).pk:
        raise WorkflowError("This file came with a version that was signed off, so it stays as it is.")
    row.removed_at, row.removed_by = now, by.label(request.agency)
    row.save(update_fields=["removed_at", "removed_by"])
    note("file_removed", by=by, request=request, document_name=row.document.name)
    return row


@workflow
def open_file(*, file: ReturnFile, by: Actor, now: datetime) -> File:
    """The bytes for whoever came through a door of the file's own request; that it was read is kept first."""
    request = file.version.request
    if by.user is not None:
        permissions.check(by.user, Right.ADD, file.owner_key, on=local_day(now))
    if file.document.status != Status.AVAILABLE:
        raise content.FileRefused("This file cannot be downloaded: the virus scan has not let it pass.")
    found = storage.open_file(file.document.key)
    note("file_read", by=by, request=request, document_name=file.document.name)
    return found
