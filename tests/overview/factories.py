"""Times and cases for the pages that gather."""

from datetime import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from tests.rapid_reviews.factories import rapid_review_at

NOW = "2026-11-23T10:00:00+00:00"  # a Monday


def moment(day: str, hour: int = 10) -> datetime:
    """That hour of that day in Europe/London: moment("2026-11-02")."""
    return timezone.make_aware(datetime.fromisoformat(day).replace(hour=hour))


def review_opened_on(day: str, status: Status = Status.GATHERING, **facts) -> RapidReview:
    """A rapid review whose notification was sent the day before `day`; all its steps are taken on `day`."""
    return rapid_review_at(status, now=moment(day), **facts)


def queries_of(client, url: str) -> int:
    """How many queries the second request for a page makes (the first fills caches that live longer)."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
