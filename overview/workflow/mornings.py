"""That somebody's morning mail is made, or that there was nothing to say."""

import logging
from datetime import date, datetime, time

from django.utils import timezone

from core.guard import workflow
from deadlines import quiet
from notifications.workflow import queue
from overview import emails
from overview.digest import morning_of
from overview.models import Digest
from overview.workflow.base import lock
from panel.models import User
from panel.people import holders
from panel.roles import Role

logger = logging.getLogger(__name__)

OPENS, CLOSES = time(7, 30), time(18)  # Europe/London; after an outage it still comes by day, never at night


def send_digests(*, now: datetime) -> int:
    """Make the morning mails that are still missing today; returns how many were queued.

    Quiet outside 07:30 to 18:00 and on days that are no working days. What could not be made on an earlier day is left
    out: today's mail says all that matters today. One person's failure holds up nobody else.
    """
    local = timezone.localtime(now)
    today = local.date()
    if not OPENS <= local.time() < CLOSES or not quiet.is_working_day(today):
        return 0
    queued = 0
    for person in _waiting(today):
        try:
            queued += make_digest(person=person, today=today, now=now).message_id is not None
        except Exception:
            logger.exception("The morning mail of person %s could not be made; the next run tries again.", person.pk)
    return queued


def _waiting(today: date) -> list[User]:
    settled = Digest.objects.filter(day=today).values("person")
    return list(holders(*Role, on=today).exclude(pk__in=settled).order_by("pk"))


@workflow
def make_digest(*, person: User, today: date, now: datetime) -> Digest:
    """Settle `person`'s morning of `today`: queue the mail, or note that there is nothing to say. Done: quiet."""
    # Whoever comes second waits here for the first to commit, and finds its row.
    person = lock(person)
    settled: Digest | None = Digest.objects.filter(person=person, day=today).first()
    if settled is not None:
        return settled
    morning = morning_of(person, today=today)
    message = None
    if morning.items:
        key = f"{emails.DIGEST}:{today.isoformat()}:{person.pk}"
        message = queue(emails.digest(morning), key=key, to=person, not_before=now)
    digest = Digest(
        person=person, day=today, is_weekly=morning.week is not None, items=morning.items, message=message, made_at=now
    )
    digest.save()
    return digest
