"""The mails that a person must look at: for the front page of the admin site."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from core import attention
from core.attention import Item
from notifications.models import Message
from notifications.states import State

STUCK = timedelta(minutes=15)  # due for longer than any healthy outbox leaves a mail


def mails(now: datetime, user: Any = None) -> list[Item]:
    """Failed and uncertain mails that nobody has ticked off, and mails that should have left long ago."""
    changelist = reverse("admin:notifications_message_changelist")
    mine = Message.objects.open_to(user)
    unchecked = mine.to_check()
    failed = unchecked.filter(state=State.FAILED).count()
    uncertain = unchecked.exclude(state=State.FAILED).count()
    waiting = mine.filter(state=State.QUEUED, attempts=0, not_before__lt=now - STUCK).count()
    items = []
    if failed:
        items.append(Item(f"Mails that could not be delivered: {failed}.", f"{changelist}?check=failed", urgent=True))
    if waiting:
        items.append(Item(f"Mails that wait longer than they should: {waiting}.", changelist, urgent=True))
    if uncertain:
        items.append(Item(f"Mails perhaps delivered twice, to be checked: {uncertain}.", f"{changelist}?check=yes"))
    return items


def register() -> None:
    attention.register_personal("Mail", mails)
