"""By link with a code: a partner decides, a member answers. A GET spends nothing; pseudonyms only; one person, once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access_links.models import AccessLink
from audit.models import Event
from core.errors import WorkflowError
from notifications.catalogue import is_secret
from notifications.models import Message
from panel.roles import Role
from rapid_reviews import workflow
from rapid_reviews.choices import Answer, View
from rapid_reviews.models import CirculationAnswer, PartnerDecision
from rapid_reviews.states import Status
from tests.agency_returns.factories import enter, newest_token
from tests.rapid_reviews.factories import (
    answer_all,
    circulated,
    decide_all,
    findings,
    rapid_review_at,
    send,
    write_sections,
)
from tests.referrals.factories import CHILD_NAME, SECRET, wall_off

pytestmark = pytest.mark.django_db
NOT_IN_USE = "This link"


def token_for(person, kind="rapid-review-decision-wanted"):
    return newest_token(kind, person.email)


def decision_page(token):
    return reverse("rapid_reviews:link-decision", args=[token])


def answer_page(token):
    return reverse("rapid_reviews:link-answer", args=[token])


@pytest.fixture
def review(cast):
    """Its free texts name the child: what people type, they type."""
    found = rapid_review_at(Status.DRAFTING)
    workflow.answer_criteria(
        review=found, answers={c: (f, f"{CHILD_NAME} was unseen." if r else "") for c, (f, r) in findings().items()},
        by=cast.chair, now=timezone.now(),
    )  # fmt: skip
    workflow.draft_recommendation(
        review=found, outcome="lcspr", reason=f"It would help {CHILD_NAME} and others.", met_on=timezone.localdate(),
        present=[person.memberships.get() for person in (cast.partner_la, cast.partner_icb, cast.partner_police)],
        particulars=workflow.Particulars(
            enquiries=[(f"Who saw {CHILD_NAME}?", "Nobody says.")], other_audiences=f"The school of {CHILD_NAME}",
            dissents=[(cast.partner_la.memberships.get(), f"{CHILD_NAME} needs it sooner.")],
        ),
        by=cast.chair, now=timezone.now(),
    )  # fmt: skip
    workflow.record_recommendation(review=found, by=cast.chair, now=timezone.now())
    found.refresh_from_db()
    return found


AGREE = {"view": "agree", "reasons": "Weighed."}


def test_the_mail_holds_a_link_for_each_partner_and_is_secret(cast, review):
    tokens = {token_for(person) for person in (cast.partner_la, cast.partner_icb, cast.partner_police)}
    assert len(tokens) == 3
    assert is_secret("rapid-review-decision-wanted")
    assert is_secret("rapid-review-circulated")
    assert is_secret("rapid-review-circulation-reminder")


def test_reading_the_link_spends_nothing_and_shows_nothing(cast, review):
    token = token_for(cast.partner_la)
    for _ in range(3):  # a mail scanner
        response = Client().get(decision_page(token), follow=True)
        assert "Decide as a Safeguarding Partner" in response.content.decode()
        assert "It would help" not in response.content.decode()
    assert Client().post(decision_page(token), AGREE).status_code == 302
    assert not PartnerDecision.objects.exists()
    assert not Message.objects.filter(kind="access-code").exists()
    assert AccessLink.objects.get(address=cast.partner_la.email).opened_at is None


def test_the_page_holds_criteria_and_enquiries_and_names_no_child(cast, review):
    token = token_for(cast.partner_la)
    page = enter(token, cast.partner_la.email).get(decision_page(token)).content.decode()
    assert "It would help Child A and others." in page
    assert "Who saw Child A?" in page
    assert "Child A was unseen." in page
    assert "The school of Child A" in page
    assert "Child A needs it sooner." in page
    for name in (CHILD_NAME, CHILD_NAME.split()[0]):
        assert name not in page
    assert Event.objects.about(review.referral.reference).filter(verb="case.read", actor=cast.partner_la).exists()


def test_decided_by_link_once_and_quietly_twice(cast, review):
    token = token_for(cast.partner_la)
    client = enter(token, cast.partner_la.email)
    assert "Select what your agency decides" in client.post(decision_page(token), {"reasons": "Kept"}).content.decode()
    for _ in range(2):
        assert client.post(decision_page(token), AGREE).status_code == 302
    decision = PartnerDecision.objects.get()
    assert (decision.decided_by, decision.partner, decision.by_link) == (cast.partner_la, "la", True)
    assert "The decision is recorded" in client.get(decision_page(token)).content.decode()
    page = client.post(decision_page(token), {"view": "disagree", "reasons": "Kept words"}).content.decode()
    assert "has decided already: agree" in page
    assert "Kept words" in page
    assert Event.objects.filter(verb="rapid_review.partner_decided_by_link", actor=cast.partner_la).count() == 1


def test_nobody_decides_for_two_across_link_and_account(cast, review, sign_in):
    """Signed in for the council first; then the same person's link for the police is refused."""
    cast.partner_la.memberships.create(
        role=Role.SAFEGUARDING_PARTNER, agency=cast.agencies.police, from_date="2020-01-01"
    )
    review = rapid_review_at(Status.RECOMMENDED)
    links = AccessLink.objects.filter(reference=review.referral.reference, address=cast.partner_la.email)
    assert links.count() == 2  # one for each seat, in mails of their own
    workflow.decide(
        review=review, partner="la", view=View.AGREE, reasons="Yes.", by=cast.partner_la, now=timezone.now()
    )
    with pytest.raises(WorkflowError, match="Nobody decides for two"):
        workflow.decide(
            review=review, partner="police", view=View.AGREE, reasons="Yes.", by_link=True, by=cast.partner_la,
            now=timezone.now(),
        )  # fmt: skip


def test_a_link_opens_one_recommendation_for_its_own_purpose_only(cast, review):
    token = token_for(cast.partner_la)
    client = enter(token, cast.partner_la.email)
    assert client.get(answer_page(token)).status_code == 404
    assert client.get(decision_page(token_for(cast.partner_icb))).status_code == 302  # its code was not given here
    for signed_out in ("review-workspace", "decision-list"):
        url = reverse(f"rapid_reviews:{signed_out}", args=[review.referral.reference])
        assert client.get(url).url.startswith("/accounts/login/")


@pytest.mark.parametrize("end", ["wall", "seat", "inactive", "reopened", "withdrawn", "sent"])
def test_a_link_ends_with_its_errand_and_for_its_reader(cast, review, end):
    token = token_for(cast.partner_la)
    client = enter(token, cast.partner_la.email)
    now = timezone.now()
    if end == "wall":
        wall_off(review.referral, cast.partner_la)
    elif end == "seat":
        cast.partner_la.memberships.update(until_date=timezone.localdate() - timedelta(days=1))
    elif end == "inactive":
        cast.partner_la.is_active = False
        cast.partner_la.save()
    elif end == "reopened":
        workflow.reopen_recommendation(review=review, reason="Again", by=cast.chair, now=now)
    elif end == "withdrawn":
        workflow.withdraw(review=review, reason="Not met", by=cast.chair, now=now)
    else:
        decide_all(review)
        assert client.get(decision_page(token)).status_code == 200  # decided, and still to be read
        write_sections(review)
        send(review, by=cast.chair, now=now)
    assert client.get(decision_page(token)).status_code == 404
    assert client.post(decision_page(token), AGREE).status_code == 404
    assert Client().get(reverse("access_links:link", args=[token])).status_code == 404


def test_the_third_decision_by_link_decides_the_review(cast, review):
    for person in (cast.partner_la, cast.partner_icb, cast.partner_police):
        token = token_for(person)
        enter(token, person.email).post(decision_page(token), AGREE)
    review.refresh_from_db()
    assert (review.status, review.outcome) == (Status.DECIDED, "lcspr")


def test_what_was_typed_outlives_the_session_behind_the_link(cast, review):
    token = token_for(cast.partner_la)
    client = enter(token, cast.partner_la.email)
    client.session.flush()
    assert client.post(decision_page(token), {"view": "agree", "reasons": "Kept words"}).status_code == 302
    page = enter(token, cast.partner_la.email, client).get(decision_page(token)).content.decode()
    assert "Kept words" in page
    assert not PartnerDecision.objects.exists()


def test_a_member_answers_by_link(cast):
    review = circulated()
    token = token_for(cast.member, "rapid-review-circulated")
    assert "Answer what the Panel recommends" in Client().get(answer_page(token), follow=True).content.decode()
    client = enter(token, cast.member.email)
    page = client.get(answer_page(token)).content.decode()
    assert "Who followed up?" in page
    assert CHILD_NAME not in page
    assert "Say why you disagree" in client.post(answer_page(token), {"answer": "disagree"}).content.decode()
    for _ in range(2):
        assert client.post(answer_page(token), {"answer": "abstain"}).status_code == 302
    row = CirculationAnswer.objects.get(membership__user=cast.member)
    assert (row.answer, row.by_link) == (Answer.ABSTAIN, True)
    page = client.post(answer_page(token), {"answer": "disagree", "reasons": "Kept words"}).content.decode()
    assert "answered already: abstain" in page
    assert "Kept words" in page
    answer_all(review)
    assert "Your answer is recorded" in client.get(answer_page(token)).content.decode()
    workflow.record_recommendation(review=review, by=cast.chair, now=timezone.now())
    assert client.get(answer_page(token)).status_code == 404


@pytest.mark.parametrize("end", ["wall", "ended"])
def test_the_members_link_ends_with_a_wall_or_the_circulation(cast, end):
    review = circulated()
    token = token_for(cast.member, "rapid-review-circulated")
    client = enter(token, cast.member.email)
    assert SECRET in client.get(answer_page(token)).content.decode()  # a name that nobody recorded may stand there
    if end == "wall":
        wall_off(review.referral, cast.member)
    else:
        workflow.end_circulation(review=review, reason="Changed", by=cast.chair, now=timezone.now())
    assert client.get(answer_page(token)).status_code == 404
    assert client.post(answer_page(token), {"answer": "agree"}).status_code == 404
    assert not CirculationAnswer.objects.filter(answer="agree").exists()
