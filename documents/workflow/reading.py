from datetime import datetime
from typing import Any

from django.core.files.base import File

from core.guard import workflow
from documents import permissions, storage
from documents.choices import Right
from documents.models import Document
from documents.workflow.base import local_day, note


@workflow
def open_for(*, document: Document, by: Any, now: datetime) -> File:
    """The stored bytes for `by`, who must hold the right to read; that it was read is kept first.

    The caller found `document` by `Document.objects.visible_to(by).downloadable()`.
    """
    permissions.check(by, Right.READ, document.owner_key, on=local_day(now))
    file = storage.open_file(document.key)
    note("read", document, by=by)
    return file


def note_looked_at(*, document: Document, by: Any) -> None:
    """Keep that `by` looked at the record of a document, without its file."""
    note("looked_at", document, by=by)
