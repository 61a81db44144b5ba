"""What proceedings say to the apps above: whether a report may be published, and days for the calendar feed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from practice_reviews.models import ParallelProceeding, PracticeReview, PractitionerEvent
from practice_reviews.states import RUNNING, Status
from practice_reviews.states_beside import EventStatus


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
