"""Long cases for the benchmarks: invented rows, made by chance but the same each time."""

import random
from datetime import date, timedelta

from django.utils import timezone

from chronology.choices import Seen
from chronology.models import Row, Timeline, order_of
from core.guard import workflow
from panel.models import Agency, Membership, User
from panel.roles import Role
from referrals.choices import Kind, Nature
from referrals.models import Child, Referral

AGENCIES = 20
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
    """So many rows over five years, every third with the child seen; no findings yet."""
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
    return timeline


def agencies():
    return [Agency.objects.create(name=f"Bench Agency {n}", short_name=f"Bench {n}") for n in range(AGENCIES)]
