"""Withdrawing, holding and disposing: nothing goes without a reason, a name and a date; the row always stays."""

from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from documents import permissions
from documents.choices import Right
from documents.models import Document
from documents.states import Status
from documents.workflow.base import By, local_day, lock, note, remove_file, words, write


@workflow
def withdraw(*, document: Document, reason: str, by: By, now: datetime) -> Document:
    """Take a document out of use, with the reason; its file is kept. Twice: quiet."""
    document = lock(document)
    permissions.check(by, Right.WITHDRAW, document.owner_key, on=local_day(now))
    if document.status == Status.WITHDRAWN:
        return document
    target = permissions.check_verb(by, "withdraw", document, on=local_day(now)).target
    reason = words(reason, "Say why the document is withdrawn.")
    write(document, status=target, withdrawn_by=by, withdrawn_at=now, withdrawn_reason=reason)
    note("withdrawn", document, by=by, text=reason)
    return document


@workflow
def take_back(*, document: Document, by: By, now: datetime) -> Document:
    """Withdraw a file that one has uploaded by mistake a moment ago. Its row and file stay. Twice: quiet."""
    document = lock(document)
    if document.status == Status.WITHDRAWN and document.withdrawn_by_id == by.pk:
        return document
    target = permissions.check_take_back(by, document, now=now, on=local_day(now)).target
    reason = "Removed by who uploaded it, while uploading."
    write(document, status=target, withdrawn_by=by, withdrawn_at=now, withdrawn_reason=reason)
    note("withdrawn", document, by=by, text=reason)
    return document


@workflow
def hold(*, document: Document, reason: str, by: By, now: datetime) -> Document:
    """Put a document on legal hold: until it is released nobody can dispose of it. Twice: quiet."""
    document = lock(document)
    permissions.check(by, Right.DISPOSE, document.owner_key, on=local_day(now))
    if document.held_at is not None:
        return document
    if not document.has_file:
        raise WorkflowError("There is no file any more that could be held.")
    reason = words(reason, "Say which proceedings or request the document is kept for.")
    write(document, held_by=by, held_at=now, held_reason=reason)
    note("held", document, by=by, text=reason)
    return document


@workflow
def release(*, document: Document, reason: str, by: By, now: datetime) -> Document:
    """End a legal hold, with the reason. Twice: quiet."""
    document = lock(document)
    permissions.check(by, Right.DISPOSE, document.owner_key, on=local_day(now))
    if document.held_at is None:
        return document
    reason = words(reason, "Say why the document need not be kept for it any more.")
    write(document, held_by=None, held_at=None, held_reason="")
    note("released", document, by=by, text=reason)
    return document


@workflow
def dispose(*, document: Document, reason: str, by: By, now: datetime) -> Document:
    """Remove the file for good, with the reason; the row stays. Refused on legal hold. Twice: quiet."""
    document = lock(document)
    permissions.check(by, Right.DISPOSE, document.owner_key, on=local_day(now))
    if document.status == Status.DISPOSED:
        return document
    target = permissions.check_verb(by, "dispose", document, on=local_day(now)).target
    if document.held_at is not None:
        raise WorkflowError("This document is on legal hold, so it cannot be disposed of. End the hold first.")
    reason = words(reason, "Say why it is disposed of: which retention rule, or whose decision.")
    write(document, status=target, disposed_by=by, disposed_at=now, disposed_reason=reason)
    remove_file(document)
    note("disposed", document, by=by, text=reason)
    return document
