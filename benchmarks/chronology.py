"""The page of the merged chronology at 400 and at 40,000 rows (20 agencies x 2,000): server time and queries.

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
from chronology import findings
from chronology.models import Finding, Row
from core.guard import workflow

WALKS = 40
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing has to be collected first


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


def main():
    with transaction.atomic():
        user = person()
        all_agencies = agencies()
        client = Client()
        client.force_login(user)
        pages = {}
        for number in (400, 40_000):
            referral = recorded(user, f"BENCH-2026-{number}")
            timeline = fill(referral, all_agencies, number)
            start = time.perf_counter()
            workflow(findings.compute)(timeline, now=timezone.now())
            seconds = time.perf_counter() - start
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # as autovacuum does beside a running system
            found = Finding.objects.filter(referral=referral).count()
            print(f"{number} rows: {found} findings computed in {seconds:.1f} s")  # noqa: T201
            pages[number] = referral
        storages = settings.STORAGES | {"staticfiles": {"BACKEND": PLAIN}}
        with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=storages):
            tell(client, pages)
        transaction.set_rollback(True)


def tell(client, pages):
    for name, query in (
        ("first page", ""),
        ("a page in the middle", "?after={middle}"),
        ("one child", "?child={child}"),
        ("key practice episodes", "?show=episodes"),
        ("a common word", "?q=bruise"),
    ):
        told = {}
        for number, referral in pages.items():
            middle = Row.objects.filter(referral=referral).order_by("order")[number // 2]
            child = referral.children.first()
            asked = query.format(middle=f"{middle.order}-{middle.pk}", child=child.pk)
            told[number] = measured(client, reverse("chronology:timeline", args=[referral.reference]) + asked)
        ratio = told[40_000][0] / told[400][0]
        print(f"{name}: {ratio:.2f} times, {told[400][1]} and {told[40_000][1]} queries")  # noqa: T201


main()
