"""The workspace offers exactly what the matrix allows, and costs the same however much it holds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from deadlines.models import Clock
from rapid_reviews import workflow
from rapid_reviews.milestones import in_short, line
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from referrals.states import Status as CaseStatus
from tests.rapid_reviews.factories import decide_all, rapid_review_at, write_sections
from tests.referrals.factories import referral_at

pytestmark = pytest.mark.django_db


def url(review, name="review-workspace", **more):
    return reverse(f"rapid_reviews:{name}", kwargs={"reference": review.referral.reference} | more)


OFFERS = {
    "start_gathering": "Start gathering information",
    "start_drafting": "Start analysis and drafting",
    "decide": "Read the recommendation and decide",
    "withdraw": "Withdraw the rapid review",
    "complete_milestones": "Mark as done",
}


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("person", ["chair", "member", "partner_icb", "scrutineer"])
def test_workspace_offers_what_the_table_allows(cast, sign_in, status, person):
    review = rapid_review_at(Status(status))
    page = sign_in(getattr(cast, person)).get(url(review))
    assert page.status_code == 200
    text = page.content.decode()
    for verb, words in OFFERS.items():
        assert (words in text) == (verb in page.context["verbs"]), verb


def test_workspace_says_day_status_and_whose_move(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    text = " ".join(sign_in(cast.member).get(url(review)).content.decode().split())
    assert "of 15" in text
    assert "Gathering information" in text
    assert "Agencies involved" in text
    assert "It cannot be sent yet because" in text


def test_steps_by_button(cast, sign_in):
    review = rapid_review_at(Status.OPENED)
    client = sign_in(cast.member)
    for verb, status in (("start_gathering", Status.GATHERING), ("start_drafting", Status.DRAFTING)):
        for _ in range(2):  # a double click
            assert client.post(url(review, "review-step"), {"verb": verb}).status_code == 302
        review.refresh_from_db()
        assert review.status == status
    assert client.post(url(review, "review-step"), {"verb": "record_sending"}).status_code == 404
    assert client.get(url(review, "review-step")).status_code == 405


def test_a_step_too_late_says_why(cast, sign_in):
    review = rapid_review_at(Status.DECIDED)
    page = sign_in(cast.member).post(url(review, "review-step"), {"verb": "start_gathering"}, follow=True)
    assert "This rapid review is decided, so it is not possible to start gathering." in page.content.decode()


def test_milestone_is_marked_done_and_late_is_only_noted(cast, sign_in):
    now = timezone.now()
    review = rapid_review_at(Status.GATHERING, now=now - timedelta(days=10))
    today = timezone.localdate(now)
    client = sign_in(cast.member)
    data = {"done_on_0": today.day, "done_on_1": today.month, "done_on_2": today.year}
    assert client.post(url(review, "milestone-complete", code="rr-copies"), data).status_code == 302
    milestone = review.clock.milestone_clocks.get(code="rr-copies")
    assert (milestone.completed_on, milestone.was_late) == (today, True)
    text = " ".join(client.get(url(review)).content.decode().split())
    assert "Done late" in text
    assert client.get(url(review, "milestone-complete", code="rr-copies")).status_code == 404


def test_the_last_milestone_is_done_by_sending(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    today = timezone.localdate()
    data = {"done_on_0": today.day, "done_on_1": today.month, "done_on_2": today.year}
    page = sign_in(cast.member).post(url(review, "milestone-complete", code="rr-sent"), data)
    assert "is done when the rapid review is recorded as sent" in page.content.decode()


def test_the_line_tells_states_apart_in_words(cast):
    review = rapid_review_at(Status.GATHERING)
    milestones = list(review.clock.milestone_clocks.order_by("due_on"))
    marks = line(review.clock, milestones, on=milestones[3].due_on)
    assert [m.state for m in marks] == ["Overdue"] * 3 + ["Next"] + ["To come"] * 5
    assert not marks[-1].is_marked_by_hand
    assert in_short(marks) == "0 of 9 are done, 3 are overdue."
    assert in_short(marks[3:]) == "0 of 6 are done."


def test_partners_differ_is_said_and_the_way_back_offered(cast, sign_in):
    review = rapid_review_at(Status.RECOMMENDED)
    decide_all(review, views={"la": "disagree"})
    for name in ("review-workspace", "decision-list"):
        text = sign_in(cast.chair).get(url(review, name)).content.decode()
        assert "back to the Panel" in text
        assert "Reopen the recommendation" in text
    response = sign_in(cast.chair).post(url(review, "recommendation-reopen"), {"reason": "They differ."})
    assert response.status_code == 302
    assert "They differ." in sign_in(cast.member).get(url(review, "decision-list")).content.decode()


def test_withdraw_page(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    client = sign_in(cast.chair)
    assert "It cannot be undone" in client.get(url(review, "review-withdraw")).content.decode()
    assert client.post(url(review, "review-withdraw"), {"reason": "Not met."}).status_code == 302
    assert "Not met." in client.get(url(review)).content.decode()


def test_not_opened_page_opens_it(cast, sign_in):
    case = referral_at(CaseStatus.ACCEPTED)
    page = reverse("rapid_reviews:review-workspace", args=[case.reference])
    assert "Open the rapid review" in sign_in(cast.chair).get(page).content.decode()
    assert 'method="post" action="/cases' not in sign_in(cast.member).get(page).content.decode()
    client = sign_in(cast.chair)
    assert client.post(reverse("rapid_reviews:review-open", args=[case.reference])).status_code == 302
    assert RapidReview.objects.get().referral == case
    assert Clock.objects.filter(code="rapid-review").count() == 1


def test_not_opened_page_says_why_not(cast, sign_in):
    case = referral_at(CaseStatus.RECORDED)
    page = sign_in(cast.chair).get(reverse("rapid_reviews:review-workspace", args=[case.reference]))
    assert "This case is: awaiting screening." in page.content.decode()


QUERIES = {"review-workspace": 41, "decision-list": 29, "criteria-edit": 30}


@pytest.mark.parametrize("name", sorted(QUERIES))
@pytest.mark.parametrize("size", ["one", "three"])
def test_pages_cost_the_same_however_much_they_hold(cast, sign_in, django_assert_num_queries, name, size):
    """One child and one decision, or three children, every section and every decision."""
    if size == "one":
        review = rapid_review_at(Status.RECOMMENDED)
        workflow.decide(
            review=review, partner="la", view="agree", reasons="Yes.", by=cast.partner_la, now=timezone.now()
        )
    else:
        names = ["One Invented", "Two Invented", "Three Invented"]
        review = rapid_review_at(Status.RECOMMENDED, children=[{"name": name} for name in names])
        write_sections(review)
        decide_all(review, views={"la": "disagree"})
    client, address = sign_in(cast.member), url(review, name)
    with django_assert_num_queries(QUERIES[name]):
        client.get(address)
