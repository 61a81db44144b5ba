"""The forecast: what will be late, from milestones, from the last year, from how an agency kept its dates."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from deadlines import calendar
from overview.forecast import Verdict, outlook
from rapid_reviews.states import Status
from rapid_reviews.workflow import complete_milestone
from tests.overview.factories import NOW, moment, queries_of, review_opened_on
from tests.rapid_reviews.factories import send, write_sections
from tests.referrals.factories import CHILD_NAME, SECRET, invite, wall_off

FORECAST = reverse("overview:forecast")
QUERIES = 17
TODAY = date(2026, 11, 23)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


def of(person, reference, what="rapid review"):
    """The forecast of that case's rapid review, as `person` sees it."""
    found = outlook(person, today=TODAY, calendar=calendar.current()).forecasts
    return next((one for one in found if one.reference == reference and what in one.what.lower()), None)


def test_slow_ones_of_its_kind_make_it_late_and_quick_ones_do_not_help_what_took_longer(cast):
    for day in ("2026-08-31", "2026-09-01", "2026-09-02"):
        review = review_opened_on(day, Status.DECIDED)
        write_sections(review)
        late = {"late_reason": "A return came late.", "told": "The national Panel"}
        send(review, by=cast.business_manager, now=moment("2026-10-01"), **late)
    fresh = review_opened_on("2026-11-20")
    forecast = of(cast.member, fresh.referral.reference)
    assert "The last 3 of its kind took 23 working days (median)" in forecast.why[-1]
    assert forecast.expected_on == calendar.current().forward(fresh.clock.trigger_on, 23)
    assert forecast.verdict == Verdict.LATE
    wall_off(review.referral, cast.walled)
    assert "Fewer than 3" in of(cast.walled, fresh.referral.reference).why[-1], "what is walled off does not count"


def test_what_is_behind_its_milestones_is_told_with_the_reason(cast, sign_in):
    review = review_opened_on("2026-11-10")
    forecast = of(cast.member, review.referral.reference)
    first = review.clock.milestone_clocks.running().order_by("due_on").first()
    behind = calendar.current().between(first.due_on, TODAY)
    assert forecast.verdict == Verdict.LATE
    assert forecast.expected_on == calendar.current().forward(
        TODAY, calendar.current().between(first.due_on, review.clock.due_on)
    )
    assert f"{behind} working days behind" in forecast.why[0]
    assert first.rule.title in forecast.why[0]
    page = sign_in(cast.member).get(FORECAST).content.decode()
    assert forecast.why[0] in page
    for name in (CHILD_NAME, SECRET):
        assert name not in page


def test_on_plan_once_the_milestones_are_reached(cast):
    review = review_opened_on("2026-11-20")
    for step in review.clock.milestone_clocks.running().filter(due_on__lt=TODAY):
        complete_milestone(review=review, milestone=step, on=TODAY, by=cast.business_manager, now=moment("2026-11-23"))
    forecast = of(cast.member, review.referral.reference)
    assert (forecast.verdict, forecast.expected_on) == (Verdict.IN_TIME, review.clock.due_on)
    assert "On plan" in forecast.why[0]


def test_without_milestones_or_three_of_its_kind_there_is_no_forecast(cast):
    review = review_opened_on("2026-11-20")
    forecast = of(cast.member, review.referral.reference, "partners")
    assert forecast.verdict == Verdict.UNKNOWN
    assert "no speed to go by" in forecast.why[0]


def test_late_already_is_counted_and_not_forecast(cast):
    late = review_opened_on("2026-10-27")
    found = outlook(cast.member, today=TODAY, calendar=calendar.current())
    assert found.late_already >= 1
    assert of(cast.member, late.referral.reference) is None
    assert found.until == calendar.current().forward(TODAY, 20)


def test_the_wall_hides_the_line_and_the_link_and_see_as_agrees(cast, sign_in):
    review = review_opened_on("2026-11-10")
    wall_off(review.referral, cast.walled)
    assert review.referral.reference not in sign_in(cast.walled).get(FORECAST).content.decode()
    assert review.referral.reference in sign_in(cast.member).get(FORECAST).content.decode()
    seen = sign_in(cast.chair).get(reverse("overview:see-as", args=[cast.walled.pk])).context["sight"]
    assert review.referral.reference not in [one.reference for one in seen.forecast]
    seen = sign_in(cast.chair).get(reverse("overview:see-as", args=[cast.member.pk])).context["sight"]
    assert review.referral.reference in [one.reference for one in seen.forecast]
    invite(review.referral, cast.invited)
    assert sign_in(cast.invited).get(FORECAST).status_code == 404


def test_an_empty_forecast_says_so(cast, sign_in):
    page = BeautifulSoup(sign_in(cast.chair).get(FORECAST).content, "html.parser").get_text()
    assert "Nothing that falls due in this time is heading for lateness" in page


def test_the_number_of_queries_does_not_grow(cast, sign_in):
    client = sign_in(cast.business_manager)
    review_opened_on("2026-11-20")
    one = queries_of(client, FORECAST)
    review_opened_on("2026-11-19")
    review_opened_on("2026-11-10")
    assert queries_of(client, FORECAST) == one == QUERIES
