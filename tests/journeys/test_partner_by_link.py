"""A partner decides by link with a code; the chair writes a recommendation and sees the quorum live."""

import re

import pytest

from panel.models import Membership
from rapid_reviews.models import PartnerDecision, RapidReview
from rapid_reviews.states import Status
from tests.journeys.browser import HEIGHT, PHONE
from tests.journeys.conftest import Site
from tests.journeys.steps import choose, fill, press
from tests.journeys.test_return_by_link import give_the_code, link_in
from tests.rapid_reviews.factories import findings, rapid_review_at
from tests.referrals.factories import CHILD_NAME

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def write_the_recommendation(site: Site, review: RapidReview) -> None:
    page = site.open(site.cast.chair)
    page.goto(f"/cases/{review.referral.reference}/rapid-review/criteria/")
    for criterion, (finding, reason) in findings().items():
        page.locator(f"input[name={criterion.value}-finding][value={finding.value}]").check()
        page.locator(f"[name={criterion.value}-reason]").fill(reason)
    press(page, "Save")
    page.goto(f"/cases/{review.referral.reference}/rapid-review/recommendation/")
    site.eyes.look(page, "Recommendation, empty")
    choose(page, outcome="lcspr")
    fill(page, reason=f"It would add to what is known of {CHILD_NAME}.")
    page.locator("[name=enquiry-0-question]").fill("Who followed up?")
    page.locator("[name=enquiry-0-why]").fill("Nobody did.")
    quorum = page.locator("[data-app-quorum]")
    for person, words in (
        (site.cast.partner_la, "integrated care board, police"),
        (site.cast.partner_icb, "Not represented: police."),
        (site.cast.partner_police, "Quorate"),
    ):
        page.locator(f"input[name=present][value='{Membership.objects.get(user=person).pk}']").check()
        page.wait_for_function(
            "words => document.querySelector('[data-app-quorum]').textContent.includes(words)", arg=words
        )
    assert "Quorate" in quorum.inner_text()
    press(page, "Add another key line of enquiry")
    assert page.locator("[name=enquiry-1-question]").count() == 1
    site.eyes.look(page, "Recommendation, written")
    press(page, "Save and check answers")
    site.eyes.look(page, "Check the recommendation")
    press(page, "Record the recommendation")


def test_a_partner_decides_by_link_with_a_code_from_the_mail(whole_site):
    site = whole_site
    review = rapid_review_at(Status.DRAFTING)
    write_the_recommendation(site, review)
    address = site.cast.partner_police.email

    page = site.open(viewport={"width": PHONE, "height": HEIGHT}, has_touch=True)
    page.goto(link_in(site, address, "Your decision"))
    give_the_code(site, page, address)
    assert "It would add to what is known of Child A." in page.content()
    assert CHILD_NAME not in page.content()
    site.eyes.look(page, "Decide by link")
    press(page, "Record the decision")
    assert page.title().startswith("Error: ")
    choose(page, view="disagree")
    fill(page, reasons="The first move deserves a closer look.")
    press(page, "Record the decision")
    assert "The decision is recorded" in page.locator("h1").inner_text()
    site.eyes.look(page, "Decided by link")
    decision = PartnerDecision.objects.get()
    assert (decision.decided_by, decision.by_link) == (site.cast.partner_police, True)

    said = "".join(mail.message.as_string() for mail in site.mails.mails)
    assert CHILD_NAME not in said
    assert re.search(r"/link/\S+", said)
    assert site.eyes.faults == []
