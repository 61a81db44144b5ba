"""The secret addresses of calendars: opened, ended, fetched."""

import hashlib
import secrets
from datetime import datetime, timedelta

from audit.workflow import record
from core.guard import workflow
from overview.models import CalendarFeed
from overview.workflow.base import lock
from panel.models import User

FETCHES_NOTED = timedelta(hours=1)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@workflow
def open_feed(*, person: User, now: datetime) -> str:
    """A new secret for `person`'s calendar, told this once; the address before stops working at once."""
    lock(person)
    CalendarFeed.objects.open().filter(person=person).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(person=person, token_hash=token_hash(token), made_at=now)
    feed.save()
    record("calendar.opened", by=person, obj=feed)
    return token


@workflow
def revoke_feed(*, person: User, now: datetime) -> bool:
    """End `person`'s calendar address; whether there was one. Revoked already: quiet."""
    lock(person)
    feed = CalendarFeed.objects.open().filter(person=person).first()
    if feed is None:
        return False
    feed.revoked_at = now
    feed.save(update_fields=["revoked_at"])
    record("calendar.revoked", by=person, obj=feed)
    return True


@workflow
def note_fetch(*, feed: CalendarFeed, now: datetime) -> None:
    """That a calendar program came, once an hour: its owner sees whether somebody uses the address."""
    if feed.fetched_at is None or feed.fetched_at < now - FETCHES_NOTED:
        CalendarFeed.objects.filter(pk=feed.pk).update(fetched_at=now)
