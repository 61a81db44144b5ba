"""The page of the merged chronology at 400 and at 40,000 rows (20 agencies x 2,000): server time and queries.

Everything happens in a transaction that is rolled back. For the standard input of `manage.py shell`.
"""

import random
import statistics
import time
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from chronology import findings
from chronology.choices import Seen
from chronology.models import Finding, Row, Timeline, order_of
from core.guard import workflow
from panel.models import Agency, Membership, User
from panel.roles import Role
from referrals.choices import Kind, Nature
from referrals.models import Child, Referral

AGENCIES, WALKS = 20, 40
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing has to be collected first
WORDS = """visit home school nurse doctor police mother father grandmother bruise weight clinic appointment letter
telephone meeting plan review concern housing benefit neighbour nursery teacher attendance hospital medicine sleep food
cold quiet angry worried safe unsafe night morning winter summer garden kitchen stairs car bus shop court order"""


def person():
    user = User.objects.create_user("bench@agency.example", "bench-example-words", name="Ben Example")
    agency = Agency.objects.create(name="Bench Agency", short_name="Bench")
    Membership.objects.create(user=user, role=Role.BUSINESS_MANAGER, agency=agency, from_date=date(2020, 1, 1))
    return user


@workflow
def recorded(user, reference):
    """A recorded case without the questions of the notification form."""
    now = timezone.now()
    referral = Referral.objects.create(
        kind=Kind.SIN, status="recorded", reference=reference, created_by=user, created_at=now, recorded_by=user,
        recorded_at=now, nature=Nature.SERIOUS_HARM, incident_on=timezone.localdate() - timedelta(days=3),
    )  # fmt: skip
    for number, name in enumerate(("Bo Invented", "Bea Invented"), 1):
        Child.objects.create(
            referral=referral, position=number, pseudonym=f"Child {'AB'[number - 1]}", name=name, is_index=number == 1,
            date_of_birth=date(2015, 1, number),
        )  # fmt: skip
    return referral


@workflow
def fill(referral, agencies, number):
    """So many rows over five years, every third with the child seen."""
    rng, now, first = random.Random(number), timezone.now(), timezone.localdate() - timedelta(days=1830)  # noqa: S311
    rows, words = [], WORDS.split()
    for n in range(number):
        day = first + timedelta(days=rng.randrange(1825))
        rows.append(
            Row(
                referral=referral, agency=agencies[n % len(agencies)], happened_on=day, order=order_of(day, None),
                event=" ".join(rng.choices(words, k=25)), who=" ".join(rng.choices(words, k=4)), created_label="Bench",
                created_at=now, released_at=now, child_seen=rng.choice([Seen.YES, Seen.NO, Seen.NOT_KNOWN]),
            )
        )  # fmt: skip
    Row.objects.bulk_create(rows, batch_size=2_000)
    timeline, _ = Timeline.objects.get_or_create(referral=referral)
    start = time.perf_counter()
    findings.compute(timeline, now=now)
    return time.perf_counter() - start


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
        agencies = [Agency.objects.create(name=f"Bench Agency {n}", short_name=f"Bench {n}") for n in range(AGENCIES)]
        client = Client()
        client.force_login(user)
        pages = {}
        for number in (400, 40_000):
            referral = recorded(user, f"BENCH-2026-{number}")
            seconds = fill(referral, agencies, number)
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
