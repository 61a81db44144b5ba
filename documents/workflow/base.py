"""What every step needs: the locked row, the event, the reason."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.errors import WorkflowError
from documents import owners, storage
from documents.models import Document

By = Any  # a user, or None for the system; the user model is not known on this floor


def local_day(now: datetime) -> date:
    return timezone.localdate(now)


def lock(document: Document) -> Document:
    row: Document = Document.objects.select_for_update(of=("self",)).select_related("kind").get(pk=document.pk)
    return row


def write(row: Document, **fields: Any) -> None:
    """Set and save exactly these fields."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields])


def note(verb: str, document: Document, *, by: By, text: str = "", **details: Any) -> None:
    """Have the owner audit `document.<verb>`. Neutral names only."""
    owners.find(document.owner_key).note(
        f"document.{verb}", document=document, by=by, text=text, document_name=document.name, **details
    )


def words(text: str, missing: str) -> str:
    """`text` without spaces round it; WorkflowError with the sentence `missing` where nothing is left."""
    text = text.strip()
    if not text:
        raise WorkflowError(missing)
    return text


def remove_file(document: Document) -> None:
    """After the commit, so that a failed change leaves the file; the sweep removes what a crash leaves behind."""
    key = document.key
    transaction.on_commit(lambda: storage.delete(key), robust=True)
