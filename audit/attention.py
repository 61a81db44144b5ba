"""Whether the sealing job keeps up: for the front page of the admin site."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.urls import reverse

from audit.models import Event, Link
from core import attention
from core.attention import Item
from core.walls import closed_to

LAG = timedelta(minutes=30)  # the job runs every five


def seals(now: datetime, user: Any = None) -> list[Item]:
    """One item where events older than LAG have no seal yet: the job stands, or found the chain broken."""
    sealed = Link.objects.filter(table=Event._meta.db_table).aggregate(last=Max("row_id"))["last"] or 0
    waiting = Event.objects.filter(pk__gt=sealed, at__lt=now - LAG).exclude(reference__in=closed_to(user)).count()
    if not waiting:
        return []
    sentence = f"{waiting} events are not sealed yet. Ask whoever runs the service to look at the worker and the chain."
    return [Item(sentence, reverse("admin:audit_event_changelist"), urgent=True)]


def register() -> None:
    attention.register_personal("Audit trail", seals)
