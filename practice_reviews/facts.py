"""What other apps read of commissioned reviews: nameless facts about those of some cases on one day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse

from practice_reviews.choices import Kind
from practice_reviews.forecast import Progress, progress
from practice_reviews.models import (
    BodyLetter,
    DelayNotice,
    ParallelProceeding,
    PracticeReview,
    PracticeReviewQuerySet,
    PractitionerEvent,
)
from practice_reviews.states import RUNNING, EventStatus, Status


@dataclass(frozen=True)
class Told:
    """A notice of delay: its reason, the day now expected, and when both bodies had been told (None: not yet)."""

    number: int
    reason: str
    expected_on: date | None
    told_on: date | None


@dataclass(frozen=True)
class Standing:
    """One review on one day: month n of six, the forecast, and the delays told."""

    review: PracticeReview
    progress: Progress
    delays: tuple[Told, ...]

    @property
    def month_text(self) -> str:
        return self.progress.month_text

    @property
    def wants_notice(self) -> bool:
        return notice_wanted(self.review, self.progress, self.delays)


def notice_wanted(review: PracticeReview, line: Progress, delays: tuple[Told, ...]) -> bool:
    """Whether an LCSPR runs later than its six months and no notice of delay covers that day."""
    if review.kind != Kind.LCSPR or not line.is_forecast_late or line.forecast_on is None:
        return False
    if review.clock is None or not review.clock.is_running:
        return False
    return not any(one.expected_on is None or one.expected_on >= line.forecast_on for one in delays)


def with_progress(reviews: PracticeReviewQuerySet) -> PracticeReviewQuerySet:
    """What `standing` reads, in a fixed number of queries."""
    notices = DelayNotice.objects.prefetch_related(Prefetch("letters", queryset=BodyLetter.objects.order_by("pk")))
    return reviews.select_related("referral", "agency", "clock", "tell_clock").prefetch_related(
        "milestones", Prefetch("delay_notices", queryset=notices)
    )


def standing(review: PracticeReview, today: date) -> Standing:
    delays = tuple(_told(notice) for notice in review.delay_notices.all())
    return Standing(review, progress(review, list(review.milestones.all()), today), delays)


def _told(notice: DelayNotice) -> Told:
    sent = [letter.sent_on for letter in notice.letters.all()]
    is_told = bool(sent) and None not in sent
    return Told(notice.number, notice.reason, notice.expected_on, max(day for day in sent if day) if is_told else None)


def running_on(day: date, cases: Any = None) -> list[Standing]:
    """Every review that ran on `day`, oldest first: those of `cases` (a queryset) and of no case; None: of all cases.

    Milestones and clocks are read as they stand now. Four queries, however many reviews.
    """
    rows = PracticeReview.objects.filter(decided_on__lte=day)
    rows = rows.filter(Q(signed_off_on__isnull=True) | Q(signed_off_on__gt=day))
    rows = rows.filter(Q(stopped_on__isnull=True) | Q(stopped_on__gt=day))
    if cases is not None:
        rows = rows.filter(Q(referral__in=cases.values("pk")) | Q(referral__isnull=True))
    return [standing(review, day) for review in with_progress(rows).order_by("decided_on", "pk")]


@dataclass(frozen=True)
class Day:
    """One day of a calendar. `key` stays the same when the day moves; the title names a reference only."""

    key: str
    on: date
    title: str
    url: str


def holding_publication(review: PracticeReview) -> list[ParallelProceeding]:
    """The open proceedings because of which the review's report may not be published yet; empty: nothing holds it."""
    return list(review.proceedings.holding())


def days_for(user: Any, *, today: date) -> Iterator[Day]:
    """From today on: next dates of open proceedings, and planned events, of the reviews that `user` sees. 2 queries."""
    reviews = PracticeReview.objects.visible_to(user, on=today)
    visible = reviews.filter(status__in=(*RUNNING, Status.SIGNED_OFF)).values("pk")
    proceedings = ParallelProceeding.objects.running().filter(review__in=visible, next_on__gte=today)
    for row in proceedings.select_related("review").order_by("next_on", "pk"):
        if row.next_on is not None:
            url = reverse("practice_reviews:proceedings", args=[row.review.reference])
            yield Day(f"proceeding-{row.pk}", row.next_on, f"{row.review.reference}: parallel proceedings", url)
    events = PractitionerEvent.objects.filter(
        review__in=visible, status=EventStatus.PLANNED, planned_on__gte=today
    ).select_related("review")
    for event in events:
        url = reverse("practice_reviews:practitioners", args=[event.review.reference])
        title = f"{event.review.reference}: {event.get_kind_display().lower()}"
        yield Day(f"practitioners-{event.pk}", event.planned_on, title, url)
