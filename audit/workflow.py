"""Writing to the audit trail: record an event, seal what was written."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from audit import sealing
from audit.models import Event
from audit.sentences import READ
from core.guard import workflow

SYSTEM = "The system"


@workflow
def record(
    verb: str,
    *,
    by: Any,
    obj: models.Model | None = None,
    reference: str = "",
    text: str = "",
    **details: Any,
) -> Event:
    """Write one event, in the caller's transaction.

    `by` is a User, or None for the system. `reference` is the case's neutral one: no names here or in `text`
    beyond what the case's own readers may see. `details` must be JSON: they fill the verb's sentence.
    """
    return Event.objects.create(
        at=timezone.now(),
        actor=by,
        actor_label=str(by) if by is not None else SYSTEM,
        verb=verb,
        object_label=obj._meta.label if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        reference=reference,
        text=text,
        details=details,
    )


def record_read(*, by: Any, obj: models.Model, reference: str) -> Event:
    """Write that `by` read the case: every page of a case that shows case data calls this."""
    return record(READ, by=by, obj=obj, reference=reference)


@workflow
def seal(*, now: datetime) -> int:
    """Bind every new row of the audit trail into the hash chain; returns how many. Two at once do no harm."""
    return sealing.seal(now)
