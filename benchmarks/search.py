"""The search page over 4,000 and over 40,000 chronology rows, ten cases: server time and queries.

Everything happens in a transaction that is rolled back. For the standard input of `manage.py shell`.
"""

import statistics
import time

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from benchmarks.cases import agencies, fill, person, recorded
from core.guard import workflow as guarded
from overview import workflow

WALKS, ROWS, TIMES = 30, 4_000, 10
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing has to be collected first
ASKED = ("bruise", "grandmother clinic", "grandm", "marmalade")


def measured(client, address):
    client.get(address)
    times = []
    for _ in range(WALKS):
        start = time.perf_counter()
        assert client.get(address).status_code == 200
        times.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return statistics.median(times), len(queries)


@guarded
def add_case(user, all_agencies, number):
    fill(recorded(user, f"BENCH-2026-{number}"), all_agencies, ROWS + number)


def measure_all(client):
    start = time.perf_counter()
    workflow.index_stale(now=timezone.now())
    seconds = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does beside a running system
    return seconds, {asked: measured(client, f"{reverse('overview:search')}?q={asked}") for asked in ASKED}


def main():
    with transaction.atomic():
        user, all_agencies, client = person(), agencies(), Client()
        client.force_login(user)
        storages = settings.STORAGES | {"staticfiles": {"BACKEND": PLAIN}}
        with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=storages):
            add_case(user, all_agencies, 1)
            small_seconds, small = measure_all(client)
            for number in range(2, TIMES + 1):
                add_case(user, all_agencies, number)
            large_seconds, large = measure_all(client)
        print(f"indexed in {small_seconds:.1f} s, the other nine cases in {large_seconds:.1f} s")  # noqa: T201
        for asked in ASKED:
            ratio = large[asked][0] / small[asked][0]
            print(f"{asked}: {ratio:.2f} times, {small[asked][1]} and {large[asked][1]} queries")  # noqa: T201
        transaction.set_rollback(True)


main()
