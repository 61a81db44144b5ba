"""Reviews of others: readers, reminders, the decision, what the highlight report takes."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.errors import NotPermitted, WorkflowError
from learning import workflow
from learning.choices import Outcome
from learning.facts import considered_reviews, reviews_for_the_panel
from learning.models import OtherReview, Reader
from learning.states import ReadingStatus
from notifications.models import Message
from tests.cast import sign_in
from tests.learning.factories import review_at
from tests.referrals.factories import SECRET

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
MONDAY = date(2026, 10, 5)


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def run(day: date, hour: int = 10) -> int:
    with time_machine.travel(at(day, hour), tick=False):
        return workflow.sweep(now=at(day, hour))


def mails(kind, person):
    return Message.objects.filter(kind=kind, recipient=person)


def test_each_reader_is_told_and_the_last_one_makes_it_read(cast):
    people = [cast.member, cast.second_member]
    review = review_at(ReadingStatus.READING, readers=people, title=f"Adult Q, {SECRET}")
    assert [mails("learning-reading", one).count() for one in people] == [1, 1]
    assert SECRET not in mails("learning-reading", cast.member).get().text
    assert SECRET not in mails("learning-reading", cast.member).get().subject
    said = {"implications": "The same here.", "suggests": Outcome.ACTION, "now": NOW}
    with pytest.raises(NotPermitted, match="Only somebody to whom"):
        workflow.say_implications(review=review, by=cast.chair, **said)
    workflow.say_implications(review=review, by=cast.member, **said)
    review.refresh_from_db()
    assert review.status == ReadingStatus.READING
    workflow.say_implications(review=review, by=cast.second_member, **said)
    workflow.say_implications(review=review, by=cast.second_member, **said)  # a double click
    review.refresh_from_db()
    assert review.status == ReadingStatus.READ
    assert "Decide on a review that was read" in sign_in(cast.business_manager).get("/").content.decode()


def test_late_reading_is_reminded_once_a_week_in_one_mail(cast):
    with time_machine.travel(at(MONDAY), tick=False):
        for _ in range(2):
            review_at(ReadingStatus.READING, readers=[cast.member], due=14, now=at(MONDAY))
    due = MONDAY + timedelta(days=14)
    kind = "learning-reading-due"
    assert run(due - timedelta(days=4)) == 0
    assert run(due - timedelta(days=3), 22) == 0  # at night nothing is sent, and nothing is lost
    run(due - timedelta(days=3))
    assert mails(kind, cast.member).count() == 1
    run(due)
    assert mails(kind, cast.member).count() == 1
    run(due + timedelta(days=1))
    run(due + timedelta(days=1))
    assert mails(kind, cast.member).count() == 2
    run(due + timedelta(days=21))  # an outage of weeks: one mail
    assert mails(kind, cast.member).count() == 3
    assert "was to be read by" in mails(kind, cast.member).order_by("pk").last().text
    for review in OtherReview.objects.all():
        workflow.decide_review(
            review=review, outcome="no_action", implications="Nothing.", by=cast.chair, now=at(due + timedelta(days=22))
        )
    run(due + timedelta(days=35))
    assert mails(kind, cast.member).count() == 3


def test_another_day_and_who_cannot_read(cast):
    review = review_at(ReadingStatus.READING, readers=[cast.member])
    later = TODAY + timedelta(days=40)
    give = {"review": review, "by": cast.chair, "now": NOW + timedelta(minutes=1)}
    workflow.assign_readers(readers=[cast.member], due_on=later, **give)
    workflow.assign_readers(readers=[cast.member], due_on=later, **give)
    assert Reader.objects.get().due_on == later
    assert mails("learning-reading", cast.member).count() == 2
    with pytest.raises(WorkflowError, match="does not see learning"):
        workflow.assign_readers(readers=[cast.outsider], due_on=later, **give)
    with pytest.raises(WorkflowError, match="not past"):
        workflow.assign_readers(readers=[cast.chair], due_on=TODAY - timedelta(days=1), **give)


def test_the_decision_stands_in_the_highlight_report(cast):
    review = review_at(ReadingStatus.READ)
    with pytest.raises(WorkflowError, match="Say what it means here"):
        workflow.decide_review(review=review, outcome=Outcome.PANEL, implications=" ", by=cast.chair, now=NOW)
    address = reverse("learning:review-decide", args=[review.reference])
    browser = sign_in(cast.chair)
    assert "Our wards do the same." in browser.get(address).content.decode()  # the reader's words as a beginning
    browser.post(address, {"implications": "Our wards too.", "outcome": "panel"})
    (fact,) = considered_reviews(TODAY, TODAY)
    assert (fact.title, fact.outcome, fact.implications) == (
        "Adult Q (invented)", "To be discussed by the Panel", "Our wards too.",
    )  # fmt: skip
    assert [one.reference for one in reviews_for_the_panel(TODAY)] == [review.reference]
    assert considered_reviews(TODAY - timedelta(days=9), TODAY - timedelta(days=1)) == []
    workflow.reopen_review(review=review, by=cast.chair, now=NOW)
    assert considered_reviews(TODAY, TODAY) == []


def test_a_decided_review_leads_on_to_its_learning_point(cast):
    review = review_at(ReadingStatus.DECIDED)
    browser = sign_in(cast.member)
    page = browser.get(review.get_absolute_url()).content.decode()
    link = f"{reverse('learning:point-add')}?review={review.reference}"
    assert link in page
    form = browser.get(link).context["form"]
    assert form.initial == {"source": "other_review", "other_review": review}
    data = {"source": "other_review", "other_review": review.pk, "audit": "left over", "text": "Ring first."}
    data |= {"learned_on_0": TODAY.day, "learned_on_1": TODAY.month, "learned_on_2": TODAY.year}
    browser.post(link, data)
    assert review.learning_points.get().audit == ""
    assert "Select the review of others" in browser.post(link, data | {"other_review": ""}).content.decode()
    only = browser.get(reverse("learning:review-list") + "?status=listed").content.decode()
    assert "None was found" in only
    assert review.reference in browser.get(reverse("learning:review-list") + "?kind=sar").content.decode()
