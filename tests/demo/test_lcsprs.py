"""What a newcomer finds of commissioned reviews: one in its months, one published for everybody to read."""

import pytest
from django.test import Client
from django.urls import reverse

from deadlines import calendar
from practice_reviews.choices import Kind
from practice_reviews.models import PracticeReview
from practice_reviews.states import Status
from publications.models import Publication
from publications.states import Status as PublicationStatus
from referrals.models import Child
from tests.cast import sign_in
from tests.demo.conftest import AFTER_CLOSING, NOW

pytestmark = pytest.mark.time_machine(AFTER_CLOSING)


def test_one_is_in_its_fourth_month_and_on_time(untouched):
    review = PracticeReview.objects.get(kind=Kind.LCSPR, status=Status.UNDER_WAY)
    clock = review.clock
    assert clock.day_number(NOW.date(), calendar.current()) == 4
    assert clock.completed_on is None
    assert review.tell_clock.completed_on is not None, "the three bodies were told"
    page = sign_in(untouched.business_manager).get(reverse("practice_reviews:review", args=[review.reference]))
    assert "month 4 of 6" in page.content.decode().lower()


def test_one_is_published_and_tells_nobody_who_it_is_about(untouched):
    published = Publication.objects.get(status=PublicationStatus.PUBLISHED)
    assert published.practice_review.status == Status.SIGNED_OFF
    page = Client().get(reverse("published:report", args=[published.slug])).content.decode()
    assert published.title in page
    assert published.practice_review.reference not in page
    for name in Child.objects.values_list("name", flat=True):
        assert name not in page
