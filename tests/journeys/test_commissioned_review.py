"""The whole road of a commissioned review: from the three partners' decision to what the public reads and learns."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from learning.models import LearningPoint
from practice_reviews.models import PracticeReview
from tests.agency_returns.factories import give_leads
from tests.journeys import publishing, reviewing
from tests.journeys.conftest import Site
from tests.journeys.reviewing import AUNT
from tests.journeys.steps import fill, fill_date, press, today
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DECIDED = timedelta(days=100)  # ago: in the middle of the six months


def decided():
    """A rapid review with the partners' decision for a local child safeguarding practice review, months ago."""
    now = timezone.now() - DECIDED
    day = timezone.localdate(now)
    review = rapid_review_at("sent", now=now, incident={"incident_on": day - timedelta(days=3)})
    give_leads()
    return review


def review_it(site: Site, page: Page, reference: str) -> PracticeReview:
    chair = site.open(site.cast.chair)
    review = reviewing.commission(site, page, reference)
    reviewing.set_terms(site, page)
    reviewing.appoint(site, page)
    reviewing.tell(site, page)
    reviewing.chair_agrees(site, chair, review)
    reviewing.begin(site, page)
    reviewing.speak_with_the_family(site, page)
    reviewing.add_draft(site, page, "Child A was seen. The school was told.")
    reviewing.circulate(site, page)
    reviewing.check_the_facts(site, site.open())
    reviewing.answer(site, page)
    reviewing.add_draft(site, page, "Child A was seen. Nobody told the school.", changes="What the council said.")
    reviewing.sign_off(site, chair, page)
    return review


def publish_it(site: Site, page: Page, review: PracticeReview) -> None:
    chair = site.open(site.cast.chair)
    page.goto(review.get_absolute_url())
    publication = publishing.plan(site, page)
    publishing.write_the_text(site, page)
    publishing.write_the_strategy(site, page)
    publishing.agree_to_the_strategy(site, page)
    publishing.check(site, page)
    publishing.refused(site, page)
    publishing.mend(site, page, review.referral.incident_on)
    publishing.confirm(site, chair, publication)
    publishing.approve(site, page, publication)
    publishing.send_copies(site, page)
    publishing.switch_on(site, page)
    publishing.the_day_comes(publication, site)
    publishing.publish(site, page, publication)


def learn(site: Site, page: Page, review: PracticeReview) -> None:
    page.goto(review.get_absolute_url())
    press(page, "Record what this review taught")
    fill(page, text=f"Nobody asked {CHILD_NAME} how it came about.")
    fill_date(page, "learned_on", today())
    site.eyes.look(page, "Learning point of a commissioned review")
    press(page, "Save the learning point")
    site.eyes.look(page, "A learning point of a commissioned review")
    point = LearningPoint.objects.get(practice_review=review)
    assert point.text == "Nobody asked Child A how it came about."
    page.goto(f"/learning/cases/{review.referral.reference}/")
    assert point.text in page.locator("main").inner_text()


def look_round(site: Site, page: Page, review: PracticeReview) -> None:
    for address, name in (
        (review.get_absolute_url(), "Commissioned review, signed off"),
        (f"/reviews/cases/{review.referral.reference}/", "Reviews of a case"),
        ("/reviews/", "Commissioned reviews"),
        ("/publications/", "Publications"),
        (f"/publications/{review.reference}/day/", "Day of publication"),
        (f"/learning/cases/{review.referral.reference}/", "Learning of a case with two reviews"),
        (f"/cases/{review.referral.reference}/", "Case with a published review"),
    ):
        page.goto(address)
        site.eyes.look(page, name)


def test_from_the_partners_decision_to_the_published_report(whole_site):
    site = whole_site
    rapid = decided()
    page = site.open(site.cast.business_manager)
    review = review_it(site, page, rapid.referral.reference)
    publish_it(site, page, review)
    hidden = [CHILD_NAME, SECRET, AUNT, rapid.referral.lead.name, rapid.referral.reference, review.reference]
    publishing.as_the_public(site, site.open(), hidden)
    learn(site, page, review)
    look_round(site, page, review)
    said = "".join(mail.message.as_string() for mail in site.mails.mails)
    assert [name for name in (CHILD_NAME, AUNT, SECRET) if name in said] == []
    assert site.eyes.faults == []
