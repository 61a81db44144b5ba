"""Where the three differ: what the lead partners agreed, all three named, with the decisions kept as they were."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import InvalidTransition, NotPermitted, WorkflowError
from core.guard import workflow as guarded
from notifications.models import Message
from rapid_reviews import readiness, workflow
from rapid_reviews.choices import PARTNERS, Outcome, View
from rapid_reviews.contents import contents_of
from rapid_reviews.models import PartnersResolution, RapidReview
from rapid_reviews.states import Status
from tests.rapid_reviews.factories import decide_all, rapid_review_at, write_sections

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))
LEADS = dict(zip(PARTNERS, ("Ann Invented", "Bob Invented", "Cyd Invented"), strict=True))


def differing(**more):
    review = rapid_review_at(Status.RECOMMENDED, **more)
    decide_all(review, now=more.get("now"), views={"police": View.DISAGREE, "icb": View.AMEND})
    return RapidReview.objects.get(pk=review.pk)


def resolve(review, by, **over):
    facts = {"outcome": Outcome.MULTI_AGENCY, "reasons": "A smaller one first.", "agreed_on": NOW.date(),
             "leads": LEADS} | over  # fmt: skip
    return workflow.resolve_difference(review=review, by=by, now=NOW, **facts)


def test_resolved_it_is_decided_and_nothing_of_the_difference_is_lost(cast):
    review = differing(now=NOW)
    resolve(review, cast.business_manager)
    review.refresh_from_db()
    assert (review.status, review.outcome, review.partners_differ_since) == (Status.DECIDED, "multi_agency", None)
    assert {d.partner: d.view for d in review.recommendation.decisions.all()} == {
        "la": "agree", "icb": "amend", "police": "disagree",
    }  # fmt: skip
    assert list(contents_of(review).resolution.leads.values()) == list(LEADS.values())
    assert Message.objects.filter(kind="rapid-review-decided", recipient=cast.chair).exists()
    assert review.clock.milestone_clocks.get(code="rr-sign-off").completed_on == NOW.date()
    write_sections(review, now=NOW)
    assert readiness.before_sending(contents_of(review)) == []


def test_twice_is_quiet_another_outcome_a_clear_sentence(cast):
    review = differing(now=NOW)
    first = resolve(review, cast.chair)
    assert resolve(review, cast.business_manager).pk == first.pk
    with pytest.raises(WorkflowError, match="recorded already: local multi-agency learning review"):
        resolve(review, cast.chair, outcome=Outcome.NONE)


@pytest.mark.parametrize("partner", PARTNERS)
def test_all_three_are_named(cast, partner):
    with pytest.raises(WorkflowError, match=f"Name the lead partner of the {partner.label.lower()}"):
        resolve(differing(now=NOW), cast.chair, leads=LEADS | {partner: " "})


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"reasons": " "}, "reasons"),
        ({"agreed_on": NOW.date() + timedelta(days=1)}, "between"),
        ({"agreed_on": NOW.date() - timedelta(days=1)}, "between"),
    ],
)
def test_with_reasons_and_on_a_day_that_can_be(cast, over, sentence):
    with pytest.raises(WorkflowError, match=sentence):
        resolve(differing(now=NOW), cast.chair, **over)


def test_only_where_they_differ(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    with pytest.raises(WorkflowError, match="do not differ"):
        resolve(review, cast.chair)
    decide_all(review, now=NOW)
    with pytest.raises(InvalidTransition):
        resolve(review, cast.chair)


def test_no_partner_resolves_it_alone(cast):
    review = differing(now=NOW)
    for person in (cast.partner_la, cast.member, cast.scrutineer):
        with pytest.raises(NotPermitted):
            resolve(review, person)
    assert not PartnersResolution.objects.exists()


def test_back_to_the_panel_stays_the_other_way(cast):
    review = differing(now=NOW)
    workflow.reopen_recommendation(review=review, reason="They differ.", by=cast.chair, now=NOW)
    with pytest.raises(InvalidTransition):
        resolve(review, cast.chair)


def test_the_database_wants_three_names(cast):
    resolve(differing(now=NOW), cast.chair)
    with pytest.raises(IntegrityError, match="resolved_by_all_three"), transaction.atomic():
        guarded(PartnersResolution.objects.update)(lead_icb="")


def test_pages_offer_it_where_they_differ_and_keep_what_was_typed(cast, sign_in):
    review = rapid_review_at(Status.RECOMMENDED)
    client = sign_in(cast.business_manager)
    url = reverse("rapid_reviews:difference-resolve", args=[review.referral.reference])
    decisions = reverse("rapid_reviews:decision-list", args=[review.referral.reference])
    assert "lead partners agreed" not in client.get(decisions).content.decode()
    assert client.get(url).url == decisions
    decide_all(review, views={"police": View.DISAGREE})
    assert "Record what the lead partners agreed" in client.get(decisions).content.decode()
    assert "Record what the lead partners agreed" not in sign_in(cast.partner_la).get(decisions).content.decode()
    day = RapidReview.objects.get().partners_differ_since
    data = {"outcome": "none", "reasons": "Kept words", "agreed_on_0": day.day, "agreed_on_1": day.month,
            "agreed_on_2": day.year, "lead_la": "Ann Invented", "lead_icb": "Bob Invented"}  # fmt: skip
    page = client.post(url, data).content.decode()
    assert "Name the lead partner of the police" in page
    assert "Kept words" in page
    data["lead_police"] = "Cyd Invented"
    for _ in range(2):
        assert client.post(url, data).status_code == 302
    page = sign_in(cast.partner_police).get(decisions).content.decode()
    assert "Cyd Invented" in page
    assert "Disagree" in page
    page = client.post(url, data | {"outcome": "lcspr"}).content.decode()
    assert "recorded already" in page
    assert "Kept words" in page
