"""The rapid review's clocks have an owner: who is reminded, in which words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from deadlines import owners
from notifications import catalogue
from rapid_reviews import emails
from rapid_reviews.states import Status
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))


def test_clock_milestones_and_reply_have_an_owner(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    clocks = [review.clock, review.reply_clock, *review.clock.milestone_clocks.all()]
    assert all(owners.find(clock.rule) is not None for clock in clocks)


def test_people_come_with_the_walls_applied(cast):
    review = rapid_review_at(Status.OPENED, now=NOW, lead=cast.member)
    wall_off(review.referral, cast.member, now=NOW)
    owner = owners.find(review.clock.rule)
    people = owner.people([review.clock], on=NOW.date())[review.clock.pk]
    assert people["lead"] == [cast.deputy]
    assert people["chair"] == [cast.chair]


def test_every_letter_is_in_the_catalogue():
    kinds = {entry.kind for entry in catalogue.entries()}
    assert {row[0] for row in emails.CATALOGUE} <= kinds
