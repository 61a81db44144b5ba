"""The demonstration's publications, through the workflow: one at the gate or out, one planned with its strategy."""

from datetime import datetime

import pytest
import time_machine

from deadlines import calendar
from demo import people, publications
from demo.days import Days
from practice_reviews.states import Status as ReviewStatus
from publications import gate
from publications.models import Publication
from publications.states import Status
from tests.publications.factories import review

pytestmark = pytest.mark.django_db


NOW = datetime.fromisoformat("2026-11-23T17:00:00+00:00")


def test_one_is_published_and_one_planned_with_an_agreed_strategy():
    with time_machine.travel(NOW, tick=False):
        days = Days(NOW, calendar.current())
        cast = people.build(days.today)
        final, running = review(), review(status=ReviewStatus.UNDER_WAY, number=2)
        publications.build(cast, days)
    assert Publication.objects.get(practice_review=final).status == Status.PUBLISHED
    planned = Publication.objects.get(practice_review=running)
    missing = gate.reasons(planned, on=planned.planned_on, calendar=days.calendar)
    assert not [sentence for sentence in missing if "media strategy" in sentence]
    assert planned.day_items.count() == 8
