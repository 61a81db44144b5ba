"""Whether a published report is still found where it was published, and whether its year is over."""

from datetime import datetime, timedelta

from django.db.models import F

from core.guard import workflow
from deadlines import workflow as clocks
from panel.models import User
from panel.permissions import Permission
from publications.addresses import Answer
from publications.choices import StepKind
from publications.models import Publication, WatchedAddress
from publications.states import Status
from publications.workflow.base import local_day, lock, note, take, write

EVERY = timedelta(days=1)
AGAIN_AFTER_FAILURE = timedelta(hours=1)


def due_addresses(now: datetime) -> list[WatchedAddress]:
    """What is to be looked at now, longest waiting first."""
    rows = WatchedAddress.objects.filter(publication__status=Status.PUBLISHED, wanted_at__lte=now)
    return list(rows.order_by("wanted_at", "pk")[:50])


@workflow
def record_answer(*, watched: WatchedAddress, answer: Answer, now: datetime) -> WatchedAddress | None:
    """Keep what an address said. None where it is no longer watched. Only a change is an event of the trail."""
    row = WatchedAddress.objects.select_for_update(of=("self",)).filter(pk=watched.pk, address=watched.address).first()
    if row is None:
        return None
    was_broken = row.failures > 0
    failures = 0 if answer.is_good else min(row.failures + 1, 1000)
    wait = EVERY if answer.is_good else AGAIN_AFTER_FAILURE
    broken_since = None if answer.is_good else row.broken_since or now
    write(
        row, checked_at=now, answer=answer.words, failures=failures, broken_since=broken_since, wanted_at=now + wait
    )  # fmt: skip
    if was_broken == answer.is_good:
        publication = Publication.objects.select_related("practice_review__referral").get(pk=row.publication_id)
        note("found_again" if answer.is_good else "not_found", by=None, publication=publication, answer=answer.words)
    return row


@workflow
def ask_check(*, publication: Publication, by: User, now: datetime) -> int:
    """Look at its addresses at the next sweep instead of tomorrow. Returns how many there are."""
    publication = take(publication, Permission.PREPARE_PUBLICATION, by=by, now=now)
    return publication.addresses.filter(wanted_at__gt=now).update(wanted_at=now) or publication.addresses.count()


@workflow
def end_the_year(*, now: datetime) -> int:
    """Complete the clocks of reports that have been available as long as they had to be. Returns how many."""
    today = local_day(now)
    over = Publication.objects.filter(
        status=Status.PUBLISHED, available_clock__due_on__lt=today, available_clock__completed_on__isnull=True,
        available_clock__withdrawn_on__isnull=True,
    )  # fmt: skip
    ended = 0
    for found in over.order_by("pk"):
        publication = lock(found)
        clock = publication.available_clock
        if publication.status != Status.PUBLISHED or clock is None or not clock.is_running:
            continue
        clocks.complete_clock(clock=clock, on=clock.due_on, by=None, now=now)
        publication.steps.filter(kind=StepKind.AVAILABLE).update(done_on=F("due_on"), done_at=now)
        note("year_over", by=None, publication=publication, on=clock.due_on.isoformat())
        ended += 1
    return ended
