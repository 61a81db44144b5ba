"""The sweep: one reminder a person and day of what they were given to read, are asked to confirm, or should look at.

Each row remembers when its last reminder went, so a missed run loses none and a doubled run sends none twice.
The days are local practice, to be confirmed by the partnership.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from core.guard import workflow
from deadlines.quiet import is_open
from learning import emails
from learning.models import Cascade, ImpactCheck, Reader
from learning.models.base import sees_all
from learning.workflow.base import local_day
from learning.workflow.base import write as put
from panel.people import holders
from panel.roles import Role

LOCK = 0x6C6561726E  # "learn": two runs at once take turns
AHEAD = timedelta(days=3)  # the first reminder comes so long before the day
AGAIN = timedelta(days=7)  # and again so long after the last one


def is_due(row: Reader | Cascade | ImpactCheck, today: date) -> bool:
    """Shortly before the day once, after it every week."""
    if row.reminded_on is None:
        return today >= row.due_on - AHEAD
    return today > row.due_on and (row.reminded_on <= row.due_on or today >= row.reminded_on + AGAIN)


@workflow
def sweep(*, now: datetime) -> int:
    """Send what is due in the hours in which mail may go; returns how many mails."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if not is_open(now):
        return 0
    today = local_day(now)
    return _readers(today, now) + _cascades(today, now) + _impact(today, now)


def _marked(rows: Iterable[Any], today: date) -> list[Any]:
    found = [row for row in rows if is_due(row, today)]
    for row in found:
        put(row, reminded_on=today)
    return found


def _readers(today: date, now: datetime) -> int:
    rows = Reader.objects.waiting().select_related("review", "user").order_by("due_on", "pk")
    by_person: dict[Any, list[Reader]] = {}
    for row in _marked((row for row in rows if sees_all(row.user, today)), today):
        by_person.setdefault(row.user, []).append(row)
    for user, theirs in by_person.items():
        emails.queue_reading_due(user, theirs, today=today, now=now)
    return len(by_person)


def _cascades(today: date, now: datetime) -> int:
    rows = Cascade.objects.waiting().select_related("product__message", "agency").order_by("due_on", "pk")
    by_agency: dict[Any, list[Cascade]] = {}
    reachable = (row for row in rows if row.agency.safeguarding_address)
    for row in _marked(reachable, today):
        by_agency.setdefault(row.agency, []).append(row)
    for agency, theirs in by_agency.items():
        emails.queue_cascades_due(agency, theirs, today=today, now=now)
    return len(by_agency)


def _impact(today: date, now: datetime) -> int:
    people = list(holders(Role.BUSINESS_MANAGER, on=today)) or list(holders(Role.CHAIR, on=today))
    if not people:
        return 0
    rows = ImpactCheck.objects.waiting().select_related("message").order_by("due_on", "pk")
    checks = _marked(rows, today)
    if checks:
        for person in people:
            emails.queue_impact_due(person, checks, today=today, now=now)
    return len(people) if checks else 0
