"""The way from a case and its review to the publication, there only where there is something to see."""

import pytest
from django.urls import reverse

from tests.cast import sign_in
from tests.practice_reviews.factories import review_at
from tests.publications.factories import planned, publication_at, review
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db


def case_of(found):
    return reverse("publications:case", args=[found.referral.reference])


def text_of(person, address):
    return sign_in(person).get(address).content.decode()


def test_the_tab_is_there_for_whom_there_is_something_to_see(cast):
    found = review()
    summary = reverse("overview:case", args=[found.referral.reference])
    assert case_of(found) in text_of(cast.business_manager, summary)
    assert case_of(found) not in text_of(cast.member, summary)
    planned(found)
    assert case_of(found) in text_of(cast.member, summary)


def test_a_stopped_review_has_no_publication_to_plan(cast):
    found = review_at("stopped")
    assert case_of(found) not in text_of(cast.chair, reverse("overview:case", args=[found.referral.reference]))
    assert "Nothing in this case is to be published yet." in text_of(cast.chair, case_of(found))


def test_the_page_of_a_case_holds_its_own_publications_alone(cast):
    found, other = review(number=1), review(number=2)
    plan = reverse("publications:start", args=[found.reference])
    assert plan in text_of(cast.business_manager, case_of(found))
    assert plan not in text_of(cast.member, case_of(found))
    mine, others = planned(found), planned(other)
    shown = text_of(cast.member, case_of(found))
    assert mine.get_absolute_url() in shown
    assert others.get_absolute_url() not in shown


def test_a_wall_hides_the_publication_and_the_way_to_it(cast):
    found = review()
    publication = planned(found)
    wall_off(found.referral, cast.walled, by=cast.business_manager, now=publication.planned_at)
    browser = sign_in(cast.walled)
    for address in (case_of(found), reverse("publications:start", args=[found.reference])):
        assert browser.get(address).status_code == 404


def test_a_signed_off_review_leads_to_its_publication(cast):
    found = review()
    pages = [found.get_absolute_url(), reverse("practice_reviews:sign-off", args=[found.reference])]
    plan = reverse("publications:start", args=[found.reference])
    for page in pages:
        assert plan in text_of(cast.chair, page)
        assert plan not in text_of(cast.member, page)
    publication = planned(found)
    for page in pages:
        assert publication.get_absolute_url() in text_of(cast.member, page)
    assert sign_in(cast.member).get(plan).headers["Location"] == publication.get_absolute_url()


def test_a_published_review_has_no_forecast_and_is_the_publications_move(cast):
    publication, _ = publication_at("published")
    shown = text_of(cast.chair, publication.practice_review.get_absolute_url())
    assert f"Published on {publication.published_on:%-d %B %Y}" in shown
    assert "Forecast:" not in shown
    assert "to plan publication" not in shown


def test_a_refused_publication_says_each_thing_for_itself(cast):
    publication = planned()
    address = reverse("publications:publish", args=[publication.reference])
    answer = sign_in(cast.chair).post(address, {"late_reason": "", "told": ""})
    said = answer.context["form"].non_field_errors()
    assert "The published report has no title or public address yet." in said
    assert "The police have not agreed to the media strategy." in said


def test_only_who_configures_is_led_to_the_switch_of_the_public_page(cast):
    address = planned().get_absolute_url()
    switch = reverse("admin:publications_publicpage_changelist")
    assert switch in text_of(cast.business_manager, address)
    assert switch not in text_of(cast.chair, address)
