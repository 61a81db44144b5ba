"""Three partners, three decisions; a partner decides only for their own agency; dissent is kept."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from core.errors import InvalidTransition, NotPermitted, WorkflowError
from notifications.models import Message
from panel.roles import Role, StatutoryRole
from rapid_reviews import workflow
from rapid_reviews.choices import Outcome, View
from rapid_reviews.states import Status
from tests.cast import make_member
from tests.rapid_reviews.factories import decide_all, rapid_review_at

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))
LA, ICB, POLICE = StatutoryRole.LOCAL_AUTHORITY, StatutoryRole.ICB, StatutoryRole.POLICE


def decide(review, by, partner, view=View.AGREE, reasons="Weighed.", amended=None):
    return workflow.decide(
        review=review, partner=partner, view=view, reasons=reasons, amended_outcome=amended, by=by, now=NOW
    )


@pytest.fixture
def review(cast):
    return rapid_review_at(Status.RECOMMENDED, now=NOW)


def test_decided_with_the_third_agreement_and_not_before(cast, review):
    for person, partner in ((cast.partner_la, LA), (cast.partner_icb, ICB)):
        decide(review, person, partner)
        review.refresh_from_db()
        assert review.status == Status.RECOMMENDED
    decide(review, cast.partner_police, POLICE)
    review.refresh_from_db()
    assert (review.status, review.outcome, review.decided_on) == (Status.DECIDED, Outcome.LCSPR, NOW.date())
    assert review.clock.milestone_clocks.get(code="rr-sign-off").completed_on == NOW.date()
    assert Message.objects.filter(kind="rapid-review-decided").exists()


@pytest.mark.parametrize("partner", [ICB, POLICE])
def test_only_for_the_own_agency(cast, review, partner):
    with pytest.raises(NotPermitted, match="own agency"):
        decide(review, cast.partner_la, partner)


def test_nobody_decides_for_two(cast, review):
    """Even somebody who holds two seats."""
    from_two = make_member("Tam Partner", Role.SAFEGUARDING_PARTNER, cast.agencies.council)
    from_two.memberships.create(role=Role.SAFEGUARDING_PARTNER, agency=cast.agencies.police, from_date="2020-01-01")
    decide(review, from_two, LA)
    with pytest.raises(WorkflowError, match="for two"):
        decide(review, from_two, POLICE)


@pytest.mark.parametrize("view", [View.DISAGREE, View.AMEND])
def test_partners_who_differ_send_it_back_to_the_panel(cast, review, view):
    decide_all(review, now=NOW, views={POLICE: view})
    review.refresh_from_db()
    assert (review.status, review.partners_differ_since) == (Status.RECOMMENDED, NOW.date())
    assert review.whose_move == "The Panel: the partners differ"
    assert review.recommendation.decisions.get(partner=POLICE).view == view
    assert {m.recipient for m in Message.objects.filter(kind="rapid-review-partners-differ")} >= {cast.chair}


def test_the_same_amendment_by_all_three_is_their_decision(cast, review):
    decide_all(review, now=NOW, views=dict.fromkeys([LA, ICB, POLICE], View.AMEND))
    review.refresh_from_db()
    assert (review.status, review.outcome) == (Status.DECIDED, Outcome.MULTI_AGENCY)


def test_three_disagreements_decide_nothing(cast, review):
    decide_all(review, now=NOW, views=dict.fromkeys([LA, ICB, POLICE], View.DISAGREE))
    review.refresh_from_db()
    assert (review.status, bool(review.partners_differ_since)) == (Status.RECOMMENDED, True)


def test_the_same_decision_twice_is_quiet_another_is_refused(cast, review):
    first = decide(review, cast.partner_la, LA)
    assert decide(review, cast.partner_la, LA).pk == first.pk
    with pytest.raises(WorkflowError, match="has decided already"):
        decide(review, cast.partner_la, LA, View.DISAGREE)


def test_reasons_are_wanted(cast, review):
    with pytest.raises(WorkflowError, match="reasons"):
        decide(review, cast.partner_la, LA, reasons=" ")


def test_an_amendment_names_another_outcome(cast, review):
    with pytest.raises(WorkflowError, match="names the outcome"):
        decide(review, cast.partner_la, LA, View.AMEND)
    with pytest.raises(WorkflowError, match="Choose “Agree”"):
        decide(review, cast.partner_la, LA, View.AMEND, amended=Outcome.LCSPR)
    with pytest.raises(WorkflowError, match="names the outcome"):
        decide(review, cast.partner_la, LA, View.AGREE, amended=Outcome.NONE)


def test_no_decision_before_the_recommendation(cast):
    with pytest.raises(InvalidTransition):
        decide(rapid_review_at(Status.DRAFTING, now=NOW), cast.partner_la, LA)


def url(review, partner="la"):
    return reverse("rapid_reviews:decision-make", args=[review.referral.reference, partner])


def test_page_records_a_decision(cast, sign_in):
    review = rapid_review_at(Status.RECOMMENDED)
    client = sign_in(cast.partner_la)
    data = {"view": "amend", "amended_outcome": "multi_agency", "reasons": "A smaller review."}
    assert client.post(url(review), data).status_code == 302
    page = client.get(reverse("rapid_reviews:decision-list", args=[review.referral.reference])).content.decode()
    assert "A smaller review." in page
    assert "Local multi-agency learning review" in page
    assert "Decide for" not in page


def test_page_refuses_anothers_seat_and_people_without_one(cast, sign_in):
    review = rapid_review_at(Status.RECOMMENDED)
    assert sign_in(cast.partner_la).get(url(review, "police")).status_code == 403
    assert sign_in(cast.partner_la).post(url(review, "police"), {"view": "agree", "reasons": "x"}).status_code == 403
    assert sign_in(cast.chair).get(url(review)).status_code == 403
    assert sign_in(cast.partner_la).get(url(review, "none")).status_code == 404


def test_amendment_without_an_outcome_is_an_error_on_the_page(cast, sign_in):
    review = rapid_review_at(Status.RECOMMENDED)
    page = sign_in(cast.partner_la).post(url(review), {"view": "amend", "reasons": "Kept in the box"})
    assert "Select the outcome" in page.content.decode()
    assert "Kept in the box" in page.content.decode()
