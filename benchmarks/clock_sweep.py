"""The sweep over more and more clocks: queries and time, in transactions that are rolled back.

For the standard input of `manage.py shell`.
"""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.guard import workflow
from deadlines import owners
from deadlines.models import Clock, Rule
from deadlines.sweep import sweep
from deadlines.workflow import start_clock

TRIGGER = date(2026, 11, 2)
NOW = datetime(2026, 11, 26, 10, tzinfo=ZoneInfo("Europe/London"))  # three days late: eight steps behind


class Owner:
    """Everybody is told; the letters cost nothing."""

    def __init__(self, user):
        self.user = user

    def people(self, clocks, *, on):
        return {clock.pk: {"lead": [self.user], "chair": [self.user]} for clock in clocks}

    def remind(self, reminders, *, now):
        pass

    def moved(self, revisions, *, now):
        pass


@workflow
def copies(number):
    """So many clocks like a real one."""
    first = start_clock(code="rapid-review", trigger_on=TRIGGER, label="CSPR-2026-001", by=None, now=NOW)
    values = {f.attname: getattr(first, f.attname) for f in Clock._meta.concrete_fields if not f.primary_key}
    Clock.objects.bulk_create([Clock(**values) for _ in range(number - 1)])


def measured():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does beside a running system
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        swept = sweep(now=NOW)
        seconds = time.perf_counter() - start
    return seconds, len(queries), len(swept.sent)


def main():
    before = None
    for number in (200, 2000):
        with transaction.atomic():
            user = get_user_model().objects.create_user("bench@agency.example", None, name="Ben Example")
            owners.register(Rule.objects.for_trigger("rapid-review", TRIGGER).code, Owner(user))
            copies(number)
            times = [measured(), measured()]
            for name, (seconds, queries, sent) in zip(("all due", "nothing new"), times, strict=True):
                base = before[name] if before else seconds
                print(f"{number} clocks, {name}: {queries} queries, {sent} sent, {seconds / base:.1f} times the first")  # noqa: T201
            before = before or {"all due": times[0][0], "nothing new": times[1][0]}
            transaction.set_rollback(True)


main()
