"""Who may not see a case finds nothing of its rapid review anywhere; every read is recorded."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.needs import collect
from rapid_reviews import workflow
from rapid_reviews.models import RapidReview
from rapid_reviews.needs import needs
from rapid_reviews.states import Status
from tests.rapid_reviews.access import ROWS
from tests.rapid_reviews.factories import draft, rapid_review_at, write_sections
from tests.referrals.factories import SECRET, invite, wall_off

pytestmark = pytest.mark.django_db

PAGES = {
    "review-workspace": {},
    "section-edit": {"slug": "facts"},
    "section-versions": {"slug": "facts"},
    "criteria-edit": {},
    "decision-list": {},
}


@pytest.fixture
def review(cast):
    """With data that could leak: a secret in every free text."""
    review = rapid_review_at(Status.DECIDED)
    write_sections(review)
    wall_off(review.referral, cast.walled)
    invite(review.referral, cast.invited)
    return review


def pages(review):
    for name, more in PAGES.items():
        yield reverse(f"rapid_reviews:{name}", kwargs={"reference": review.referral.reference} | more)


@pytest.mark.parametrize("person", ["walled", "contributor", "outsider"])
def test_404_without_a_trace(cast, sign_in, review, person):
    client = sign_in(getattr(cast, person))
    for url in pages(review):
        response = client.get(url)
        assert response.status_code == 404
        assert SECRET not in response.content.decode()
    assert not Event.objects.filter(verb="case.read", actor=getattr(cast, person)).exists()


@pytest.mark.parametrize("person", ["walled", "contributor", "outsider"])
def test_writing_is_404_too(cast, sign_in, review, person):
    client = sign_in(getattr(cast, person))
    for name in ("review-open", "review-step", "review-withdraw", "review-send"):
        url = reverse(f"rapid_reviews:{name}", args=[review.referral.reference])
        assert client.post(url, {"verb": "start_drafting", "reason": "x"}).status_code == 404
    review.refresh_from_db()
    assert review.status == Status.DECIDED


def test_the_secret_is_there_for_those_who_may(cast, sign_in, review):
    for person in (cast.member, cast.invited, cast.scrutineer):
        text = "".join(sign_in(person).get(url).content.decode() for url in pages(review))
        assert SECRET in text


def test_every_page_read_is_recorded(cast, sign_in, review):
    client = sign_in(cast.member)
    for number, url in enumerate(pages(review), start=1):
        client.get(url)
        reads = Event.objects.about(review.referral.reference).filter(verb="case.read", actor=cast.member)
        assert reads.count() == number


def test_visible_to_is_the_cases(cast, review):
    assert RapidReview.objects.visible_to(cast.member).count() == 1
    assert RapidReview.objects.visible_to(cast.walled).count() == 0
    assert RapidReview.objects.visible_to(cast.contributor).count() == 0


def test_home_asks_nothing_of_a_walled_person(cast):
    review = rapid_review_at(Status.RECOMMENDED)
    wall_off(review.referral, cast.partner_icb)
    from_today = review.clock.trigger_on
    assert [n.what for n in needs(cast.partner_la, from_today)] == ["Decide on the recommendation"]
    assert needs(cast.partner_icb, from_today) == []
    assert any(n.about == review.referral.reference for n in collect(cast.partner_la, from_today))


def test_children_are_pseudonyms_on_every_page(cast, sign_in, review):
    text = "".join(sign_in(cast.partner_la).get(url).content.decode() for url in pages(review))
    assert "Child A" in text
    assert "Rowan Invented" not in text


def test_admin_is_read_only_and_walled(cast, sign_in, review):
    client = sign_in(cast.business_manager)
    for model in ("rapidreview", "section", "criterionanswer", "recommendation", "attendance", "partnerdecision",
                  "assignment", "comment", "episodeanalysis", "sharedlearning", "proceeding",
                  "keylineofenquiry", "dissent", "circulationanswer", "partnersresolution",
                  "submission", "nationalreply"):  # fmt: skip
        assert client.get(reverse(f"admin:rapid_reviews_{model}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:rapid_reviews_{model}_add")).status_code == 403
    change = reverse("admin:rapid_reviews_rapidreview_change", args=[review.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"status": "sent"}).status_code == 403
    wall_off(review.referral, cast.business_manager, by=cast.chair)
    listed = client.get(reverse("admin:rapid_reviews_rapidreview_changelist")).content.decode()
    assert review.referral.reference not in listed


def test_every_url_is_in_the_access_rows():
    from rapid_reviews.urls import urlpatterns  # noqa: PLC0415 - the URL conf is the subject

    assert {f"rapid_reviews:{p.name}" for p in urlpatterns} == set(ROWS)


def test_partners_read_free_text_by_pseudonym(cast, sign_in):
    """What the Panel typed may hold a child's name; who may not see names reads the pseudonym in its place."""
    review = rapid_review_at(Status.DRAFTING)
    child = review.referral.children.get()
    draft(review, reason=f"{child.name} was not seen.")
    workflow.record_recommendation(review=review, by=cast.chair, now=timezone.now())
    for name in ("decision-list", "criteria-edit"):
        url = reverse(f"rapid_reviews:{name}", args=[review.referral.reference])
        assert child.name not in sign_in(cast.partner_la).get(url).content.decode(), name
    decisions = reverse("rapid_reviews:decision-list", args=[review.referral.reference])
    assert f"{child} was not seen." in sign_in(cast.partner_la).get(decisions).content.decode()
    assert f"{child.name} was not seen." in sign_in(cast.member).get(decisions).content.decode()
