"""From what a rapid review taught to an agency that passed it on, as three people see it."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from learning.models import Cascade, LearningPoint
from learning.states import CascadeStatus
from tests.journeys.conftest import Site
from tests.journeys.steps import choose, fill, fill_date, follow, pick, press, today
from tests.journeys.test_return_by_link import give_the_code, link_in
from tests.learning.factories import LEAD, case_origin, point_at, review_at, schools
from tests.referrals.factories import CHILD_NAME

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def learn(site: Site, page: Page, reference: str) -> None:
    page.goto(f"/learning/cases/{reference}/")
    site.eyes.look(page, "Learning of a case")
    press(page, "Record what the rapid review taught")
    press(page, "Save the learning point")
    assert page.title().startswith("Error: ")
    site.eyes.look(page, "Record a learning point, with errors")
    fill(page, text=f"Nobody saw {CHILD_NAME} alone.")
    fill_date(page, "learned_on", today())
    page.get_by_label("Voice of the child").check()
    page.get_by_label("Inventshire Schools Service").check()
    press(page, "Save the learning point")
    assert "Nobody saw Child A alone." in page.locator("main").inner_text()
    press(page, "Agree it")
    press(page, "Agree it")
    site.eyes.look(page, "A learning point")


def tell(site: Site, page: Page) -> None:
    """Drafted, recommended, agreed, planned, issued, asked of an agency."""
    press(page, "Draft a key message")
    fill(page, text="See every child alone.", why="Children tell what nobody asks them in company.")
    page.locator("[name=audiences]").first.check()
    site.eyes.look(page, "Draft a key message")
    press(page, "Save the key message")
    press(page, "Recommend it to the Executive Group")
    press(page, "Recommend it")
    press(page, "The Executive Group has agreed it")
    fill_date(page, "on", today())
    press(page, "Save")
    press(page, "Plan a product")
    pick(page, kind="Webinar")
    fill(page, title="Seen alone")
    page.locator("[name=audience]").select_option(index=1)
    fill_date(page, "due_on", today() + timedelta(days=5))
    press(page, "Save")
    follow(page, "Seen alone")
    press(page, "It has been issued")
    fill_date(page, "on", today())
    press(page, "Save")
    press(page, "Ask agencies to pass it on")
    page.get_by_label("Inventshire Schools Service").check()
    press(page, "Ask them")
    site.eyes.look(page, "A product")


def pass_on(site: Site, page: Page) -> None:
    page.goto(link_in(site, LEAD, "pass learning on"))
    give_the_code(site, page, LEAD)
    fill(page, how="In each team meeting.", people="45")
    site.eyes.look(page, "Learning to pass on")
    press(page, "Confirm")
    assert "Thank you" in page.locator("h1").inner_text()


def brief(site: Site, page: Page, message: str) -> None:
    page.goto(f"/learning/messages/{message}/")
    site.eyes.look(page, "A key message")
    press(page, "Begin a 7-minute briefing")
    choose(page, marking="official")
    fill(page, part_1="A rapid review.")
    site.eyes.look(page, "Write a briefing")
    press(page, "Save the briefing")
    site.eyes.look(page, "A briefing")


def look_round(site: Site, page: Page, review: str) -> None:
    for address, name in (
        ("/learning/", "Learning points"),
        ("/learning/reviews/", "Reviews of others"),
        (f"/learning/reviews/{review}/", "A review of others"),
        (f"/learning/reviews/{review}/readers/", "Who reads it"),
        ("/learning/messages/", "Key messages"),
        ("/learning/charts/", "Charts of learning"),
    ):
        page.goto(address)
        site.eyes.look(page, name)


def test_from_a_rapid_review_to_an_agency_that_passed_it_on(whole_site):
    site = whole_site
    schools()
    origin, review = case_origin(), review_at()
    point_at(text="An audit said so.")
    page = site.open(site.cast.business_manager)
    learn(site, page, origin.referral.reference)
    tell(site, page)
    pass_on(site, site.open())
    cascade = Cascade.objects.get()
    assert (cascade.status, cascade.people) == (CascadeStatus.CONFIRMED, 45)
    brief(site, page, cascade.product.message.reference)
    look_round(site, page, review.reference)
    assert LearningPoint.objects.filter(referral=origin.referral).count() == 1
    assert CHILD_NAME not in "".join(mail.message.as_string() for mail in site.mails.mails)
    assert site.eyes.faults == []
