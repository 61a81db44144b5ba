"""Sent or withdrawn: the clock ends, the case follows, people are told; nothing goes out while something is missing."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from audit.models import Event
from core.errors import WorkflowError
from notifications.models import Message
from rapid_reviews import readiness, workflow
from rapid_reviews.choices import SectionKey
from rapid_reviews.contents import contents_of
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from referrals.models import Referral
from referrals.states import Status as CaseStatus
from tests.rapid_reviews.factories import decide_all, rapid_review_at, write_sections

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))
LATER = NOW + timedelta(days=40)


def blockers(review):
    return [b.text for b in readiness.before_sending(contents_of(RapidReview.objects.get(pk=review.pk)))]


def send(review, by, now=NOW, on=None, **more):
    return workflow.record_sending(review=review, on=on or now.date(), sender=by, by=by, now=now, **more)


def test_a_new_review_lacks_everything(cast):
    texts = blockers(rapid_review_at(Status.OPENED, now=NOW))
    assert "“Immediate safeguarding of Child A” is not started" in texts
    assert "“Race and ethnicity” is not started" in texts
    assert any("(d) The national Panel" in t for t in texts)
    assert "the Panel’s recommendation is not recorded" in texts
    assert len(texts) == 14 + 8 + 1


def test_the_list_shrinks_with_the_work(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    write_sections(review, now=NOW)
    assert blockers(review) == [
        "there is no decision by the local authority",
        "there is no decision by the integrated care board",
        "there is no decision by the police",
    ]
    decide_all(review, now=NOW)
    assert blockers(review) == []


def test_partners_who_differ_are_on_it(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    write_sections(review, now=NOW)
    decide_all(review, now=NOW, views={"la": "disagree"})
    assert blockers(review) == ["the three partners differ, and it is back to the Panel"]


def test_every_line_leads_to_a_page_that_opens(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING)
    client = sign_in(cast.business_manager)
    for blocker in readiness.before_sending(contents_of(review)):
        assert client.get(blocker.url).status_code == 200, blocker


def test_refused_with_the_same_list_that_the_page_shows(cast, sign_in):
    review = rapid_review_at(Status.DECIDED)
    write_sections(review)
    workflow.save_section(
        review=review, key=SectionKey.VOICE, child=review.referral.children.get(), text="", version=1, by=cast.member,
        now=datetime.now(tz=NOW.tzinfo),
    )  # fmt: skip
    expected = "“Voice and lived experience of Child A” is not started"
    with pytest.raises(WorkflowError, match=expected):
        send(review, cast.chair, now=datetime.now(tz=NOW.tzinfo))
    for name in ("review-workspace", "review-send"):
        page = sign_in(cast.chair).get(reverse(f"rapid_reviews:{name}", args=[review.referral.reference]))
        assert expected in page.content.decode()


def test_sending_stops_the_clock_and_starts_the_wait(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    assert (review.clock.completed_on, review.clock.was_late) == (NOW.date(), False)
    assert review.sent_by == cast.business_manager
    assert review.reply_clock.code == "national-panel-reply"
    assert (review.reply_clock.trigger_on, review.reply_clock.limit) == (NOW.date(), "expected")
    assert not review.clock.milestone_clocks.running().exists()
    assert Referral.objects.get(pk=review.referral_id).status == CaseStatus.REVIEWED


def test_sending_is_told_to_lead_chair_and_business_manager_without_names(cast):
    review = rapid_review_at(Status.SENT, now=NOW, lead=cast.member)
    mails = Message.objects.filter(kind="rapid-review-sent")
    assert {m.recipient for m in mails} == {cast.member, cast.chair, cast.business_manager}
    for mail in mails:
        assert review.referral.reference in mail.subject
        assert not any(name in mail.subject + mail.text for name in ("Rowan", "Invented", "Zebediah"))


def test_sent_twice_is_quiet(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    again = send(review, cast.chair, now=NOW + timedelta(days=1))
    assert again.sent_on == NOW.date()
    assert Message.objects.filter(kind="rapid-review-sent", recipient=cast.chair).count() == 1


@pytest.mark.parametrize("more", [{}, {"late_reason": "Returns were late"}, {"told": "The national Panel"}])
def test_late_needs_the_reason_and_who_was_told(cast, more):
    review = rapid_review_at(Status.DECIDED, now=NOW)
    write_sections(review, now=NOW)
    with pytest.raises(WorkflowError, match="say why, and who was told"):
        send(review, cast.chair, now=LATER, **more)


def test_late_with_both_keeps_them(cast):
    review = rapid_review_at(Status.DECIDED, now=NOW)
    write_sections(review, now=NOW)
    review = send(review, cast.chair, now=LATER, late_reason="Returns were late", told="The national Panel")
    review.clock.refresh_from_db()
    assert review.clock.was_late
    assert (review.clock.late_reason, review.clock.told) == ("Returns were late", "The national Panel")
    sentence = Event.objects.about(review.referral.reference).filter(verb="rapid_review.sent").get().sentence
    assert sentence.endswith("on 2 January 2027. It was late.")


@pytest.mark.parametrize("on", [date(2026, 11, 22), date(2026, 11, 24)])
def test_neither_before_the_decision_nor_in_the_future(cast, on):
    review = rapid_review_at(Status.DECIDED, now=NOW)
    write_sections(review, now=NOW)
    with pytest.raises(WorkflowError, match=r"three Safeguarding Partners have decided|not come yet"):
        send(review, cast.chair, on=on)


def test_the_sender_may_send(cast):
    review = rapid_review_at(Status.DECIDED, now=NOW)
    write_sections(review, now=NOW)
    with pytest.raises(WorkflowError, match="may not send"):
        workflow.record_sending(review=review, on=NOW.date(), sender=cast.member, by=cast.chair, now=NOW)


def test_page_records_the_sending(cast, sign_in):
    review = rapid_review_at(Status.DECIDED)
    write_sections(review)
    today = datetime.now(tz=NOW.tzinfo).date()
    url = reverse("rapid_reviews:review-send", args=[review.referral.reference])
    client = sign_in(cast.business_manager)
    assert "Why was it late?" not in client.get(url).content.decode()
    data = {"sent_on_0": today.day, "sent_on_1": today.month, "sent_on_2": today.year, "sender": cast.chair.pk}
    assert client.post(url, data).status_code == 302
    review.refresh_from_db()
    assert (review.status, review.sent_on, review.sent_by) == (Status.SENT, today, cast.chair)


def test_late_page_asks_for_the_reason(cast, sign_in):
    now = datetime.now(tz=NOW.tzinfo)
    review = rapid_review_at(Status.DECIDED, now=now - timedelta(days=60))
    write_sections(review, now=now)
    url = reverse("rapid_reviews:review-send", args=[review.referral.reference])
    data = {"sent_on_0": now.day, "sent_on_1": now.month, "sent_on_2": now.year, "sender": cast.chair.pk}
    page = sign_in(cast.chair).post(url, data).content.decode()
    assert "Say why it was late" in page
    assert "Say who was told" in page


def test_withdrawn_ends_the_clock_apart_and_the_case_follows(cast):
    review = rapid_review_at(Status.WITHDRAWN, now=NOW)
    assert (review.clock.withdrawn_on, review.clock.completed_on) == (NOW.date(), None)
    assert not review.clock.milestone_clocks.running().exists()
    assert Referral.objects.get(pk=review.referral_id).status == CaseStatus.WITHDRAWN
    assert not RapidReview.objects.sent_between(date(2026, 1, 1), date(2027, 1, 1)).exists()
    assert not RapidReview.objects.open().exists()
    assert Message.objects.filter(kind="rapid-review-withdrawn", recipient=cast.chair).exists()


def test_withdrawing_needs_a_reason(cast):
    review = rapid_review_at(Status.OPENED, now=NOW)
    with pytest.raises(WorkflowError, match="Say why"):
        workflow.withdraw(review=review, reason="", by=cast.chair, now=NOW)


def test_withdrawn_while_the_partners_differ(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    decide_all(review, now=NOW, views={"la": "disagree"})
    assert workflow.withdraw(review=review, reason="Not met.", by=cast.chair, now=NOW).status == Status.WITHDRAWN
