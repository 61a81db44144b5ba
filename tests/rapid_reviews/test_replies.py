"""After sending: receipt, reply, questions, and the disagreement that opens the decision again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core import needs
from core.errors import InvalidTransition, WorkflowError
from core.guard import workflow as guarded
from notifications.models import Message
from panel.typed import is_keeping
from rapid_reviews import workflow
from rapid_reviews.choices import Outcome, Reply
from rapid_reviews.models import NationalReply, RapidReview, Submission
from rapid_reviews.states import Status
from referrals.models import Referral
from referrals.states import Status as CaseStatus
from tests.rapid_reviews.factories import decide_all, draft, rapid_review_at, reply, send, sent_document
from tests.referrals.factories import CHILD_NAME, SECRET, wall_off

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))
REPLY = NOW + timedelta(days=7)
AGAIN = NOW + timedelta(days=30)


def fresh(review):
    return RapidReview.objects.get(pk=review.pk)


def receive(review, by, *, now=NOW, **more):
    return workflow.record_receipt(review=review, on=now.date(), by=by, now=now, **more)


def sentences(review):
    return [event.sentence for event in Event.objects.about(review.referral.reference)]


def test_the_receipt_is_kept_once(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    letter = SimpleUploadedFile("Letter about Rowan.txt", b"We have it.")
    for _ in range(2):  # a double click
        made = receive(review, cast.business_manager, reference="NP-1", letter=letter)
    assert (made.receipt_on, made.receipt_reference, made.receipt_by) == (NOW.date(), "NP-1", cast.business_manager)
    assert made.receipt_letter.kind.code == "national-panel"
    assert fresh(review).status == Status.SENT
    with pytest.raises(WorkflowError, match="recorded already"):
        receive(review, cast.chair, reference="NP-2")
    assert (
        f"{cast.business_manager} recorded that the national Panel confirmed receipt on 23 November 2026."
        in sentences(review)
    )


@pytest.mark.parametrize("day", [NOW - timedelta(days=1), NOW + timedelta(days=1)])
def test_nothing_arrives_before_it_was_sent_or_in_the_future(cast, day):
    review = rapid_review_at(Status.SENT, now=NOW)
    with pytest.raises(WorkflowError, match=r"before 23 November 2026|not come yet"):
        workflow.record_receipt(review=review, on=day.date(), by=cast.chair, now=NOW)
    with pytest.raises(WorkflowError, match=r"before 23 November 2026|not come yet"):
        reply(review, now=NOW, on=day.date())


@pytest.mark.parametrize("kind", [Reply.AGREE, Reply.NATIONAL])
def test_a_reply_ends_the_wait_and_is_told_without_names(cast, kind):
    review = rapid_review_at(Status.SENT, now=NOW, lead=cast.member)
    for _ in range(2):  # a double click
        reply(review, kind, now=REPLY)
    assert NationalReply.objects.count() == 1
    review = fresh(review)
    assert (review.status, review.reply_clock.completed_on) == (Status.REPLIED, REPLY.date())
    assert review.whose_move == "Safeguarding Partners, to act on the reply"
    mails = Message.objects.filter(kind="rapid-review-replied")
    assert {mail.recipient for mail in mails} == {cast.member, cast.chair, cast.business_manager}
    for mail in mails:
        assert review.referral.reference in mail.subject
        assert not any(name in mail.subject + mail.text for name in (*CHILD_NAME.split(), SECRET))


def test_a_late_reply_is_never_overdue_of_ours(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    reply(review, now=NOW + timedelta(days=90))
    clock = fresh(review).reply_clock
    assert (clock.is_running, clock.late_reason) == (False, "")


def test_questions_leave_the_wait_running_until_they_are_answered(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    asked = reply(review, Reply.QUESTIONS, now=REPLY)
    review = fresh(review)
    assert (review.status, review.reply_clock.is_running) == (Status.SENT, True)
    assert "to answer" in review.whose_move

    def wanted():
        return [one.what for one in needs.collect(cast.business_manager, REPLY.date())]

    assert "Answer the national Panel’s questions" in wanted()
    for _ in range(2):  # a double click
        workflow.answer_questions(
            review=review, reply=asked, answer="So it was.", on=REPLY.date(), by=cast.chair, now=REPLY
        )
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_on, asked.answered_by) == ("So it was.", REPLY.date(), cast.chair)
    assert "Answer the national Panel’s questions" not in wanted()
    with pytest.raises(WorkflowError, match="answered already"):
        workflow.answer_questions(review=review, reply=asked, answer="No.", on=REPLY.date(), by=cast.chair, now=REPLY)
    agreed = reply(review, now=REPLY)
    with pytest.raises(WorkflowError, match="no questions"):
        workflow.answer_questions(review=review, reply=agreed, answer="No.", on=REPLY.date(), by=cast.chair, now=REPLY)
    assert fresh(review).status == Status.REPLIED


def test_what_is_to_be_recorded_is_on_the_home_page(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    due = review.reply_clock.due_on

    def wanted(person, day):
        return {one.what for one in needs.collect(person, day) if "national Panel" in one.what}

    assert "Record that the national Panel has the rapid review" in wanted(cast.business_manager, NOW.date())
    assert "Record the national Panel’s reply" not in wanted(cast.business_manager, NOW.date())
    receive(review, cast.chair)
    assert not wanted(cast.business_manager, NOW.date())
    assert "Record the national Panel’s reply" in wanted(cast.business_manager, due)
    assert not wanted(cast.second_member, due)
    assert wanted(cast.deputy_chair, due)
    wall_off(review.referral, cast.deputy_chair, now=NOW)
    assert not wanted(cast.deputy_chair, due)


def test_a_disagreement_opens_the_decision_again_and_keeps_everything(cast):
    review = rapid_review_at(Status.SENT, now=NOW, lead=cast.member)
    clock = review.clock
    reply(review, Reply.DISAGREE, now=REPLY, text="A local review would find more.")
    review = fresh(review)
    assert (review.status, review.outcome, review.decided_on) == (Status.DRAFTING, "", None)
    assert (review.sent_on, review.is_back, review.whose_move) == (NOW.date(), True, "The Panel")
    assert Referral.objects.get(pk=review.referral_id).status == CaseStatus.UNDER_REVIEW
    past = review.recommendations.get()
    assert past.reopen_reason == "The national Panel disagreed: A local review would find more."
    assert past.decisions.count() == 3
    assert review.submissions.get().outcome == Outcome.LCSPR
    clock.refresh_from_db()
    assert (clock.completed_on, clock.was_late) == (NOW.date(), False)
    partners = {cast.partner_la, cast.partner_icb, cast.partner_police}
    mails = Message.objects.filter(kind="rapid-review-disagreed")
    assert {mail.recipient for mail in mails} == {cast.member, cast.chair, cast.business_manager} | partners
    assert not any(name in mail.text for mail in mails for name in (*CHILD_NAME.split(), SECRET, "find more"))
    assert reply(review, Reply.DISAGREE, now=REPLY, text="A local review would find more."), "a double click is quiet"
    with pytest.raises(WorkflowError, match="anew already"):
        reply(review, Reply.DISAGREE, now=REPLY, text="Another letter.")
    with pytest.raises(InvalidTransition):
        reply(review, Reply.AGREE, now=REPLY)


def test_a_walled_partner_is_not_told_of_a_disagreement(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    wall_off(review.referral, cast.partner_la, now=NOW)
    reply(review, Reply.DISAGREE, now=REPLY)
    told = {mail.recipient for mail in Message.objects.filter(kind="rapid-review-disagreed")}
    assert cast.partner_la not in told
    assert cast.partner_icb in told


def test_the_second_sending_follows_a_second_decision_and_leaves_the_clock(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    first = review.submissions.get()
    reply(review, Reply.DISAGREE, now=REPLY)
    draft(review, now=AGAIN, outcome=Outcome.MULTI_AGENCY)
    workflow.record_recommendation(review=review, by=cast.chair, now=AGAIN)
    with pytest.raises(InvalidTransition):
        send(review, by=cast.chair, now=AGAIN)  # undecided
    decide_all(review, now=AGAIN)
    document = sent_document(review, "The second report", by=cast.chair, now=AGAIN)
    review = send(review, by=cast.chair, now=AGAIN, document=document)  # long after day 15, and no reason is asked
    second = review.submissions.get(number=2)
    assert (second.outcome, second.report, second.sent_on) == (Outcome.MULTI_AGENCY, document, AGAIN.date())
    assert (review.status, review.sent_on, review.clock.completed_on) == (Status.SENT, NOW.date(), NOW.date())
    assert review.reply_clock == second.reply_clock
    assert first.reply_clock != second.reply_clock
    assert RapidReview.objects.sent_between(NOW.date(), NOW.date()).get() == review
    assert any("to the national Panel again on 23 December 2026." in one for one in sentences(review))
    reply(review, now=AGAIN)
    assert fresh(review).status == Status.REPLIED


def test_pages_record_receipt_questions_answer_and_disagreement(cast, sign_in):
    review = rapid_review_at(Status.SENT)
    where, today = [review.referral.reference], timezone.localdate()
    day = {"on_0": today.day, "on_1": today.month, "on_2": today.year}
    client = sign_in(cast.business_manager)

    def url(name, *more):
        return reverse(f"rapid_reviews:{name}", args=[*where, *more])

    assert "Record that they have it" in client.get(url("review-workspace")).content.decode()
    letter = SimpleUploadedFile("letter.exe", b"MZ")
    assert "This type of file is not accepted" in client.post(
        url("review-receipt"), day | {"letter": letter}
    ).content.decode()  # fmt: skip
    assert client.post(url("review-receipt"), day | {"reference": "NP-7"}).status_code == 302
    page = client.post(url("review-reply"), day | {"text": "Kept in the box"}).content.decode()
    assert "Select what the national Panel says" in page
    assert "Kept in the box" in page
    asks = day | {"kind": "questions", "text": "Why was nobody told?", "letter": SimpleUploadedFile("a.txt", b"Why?")}
    assert client.post(url("review-reply"), asks).status_code == 302
    asked = NationalReply.objects.get()
    shown = client.get(url("review-workspace")).content.decode()
    for words in ("NP-7", "Why was nobody told?", asked.letter.filename, "Record the answer"):
        assert words in shown
    assert client.post(url("reply-answer", asked.pk), day | {"answer": "They were."}).status_code == 302
    assert "They were." in client.get(url("review-workspace")).content.decode()
    disagrees = day | {"kind": "disagree", "text": "We see it otherwise."}
    for _ in range(2):  # two tabs
        assert client.post(url("review-reply"), disagrees).status_code == 302
    assert NationalReply.objects.count() == 2
    shown = " ".join(client.get(url("review-workspace")).content.decode().split())
    assert "The decision is open again." in shown
    assert "We see it otherwise." in client.get(url("decision-list")).content.decode()
    assert "Record the reply" not in shown


def test_half_written_replies_are_kept(cast):
    review = rapid_review_at(Status.SENT)
    for name in ("review-send", "review-receipt", "review-reply", "review-withdraw"):
        assert is_keeping(reverse(f"rapid_reviews:{name}", args=[review.referral.reference]))


@guarded
def update(queryset, **values):
    queryset.update(**values)


def refuses(queryset, name, **values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        update(queryset, **values)


def test_the_database_refuses_nonsense(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    reply(review, now=NOW)
    early = (NOW - timedelta(days=3)).date()
    sent = Submission.objects.filter(review=review)
    refuses(sent, "rapid_reviews_submission_after_decision", sent_on=early)
    refuses(sent, "rapid_reviews_submission_to_somewhere", address="")
    refuses(sent, "rapid_reviews_receipt_when_and_by", receipt_on=NOW.date())
    refuses(sent, "rapid_reviews_receipt_when_and_by", receipt_reference="NP-1")
    refuses(sent, "rapid_reviews_receipt_after_sending", receipt_on=early, receipt_at=NOW, receipt_by=cast.chair)
    replies = NationalReply.objects.all()
    refuses(replies, "rapid_reviews_reply_says_something", text="")
    answer = {"answer": "So.", "answered_on": NOW.date(), "answered_by": cast.chair, "answered_at": NOW}
    refuses(replies, "rapid_reviews_only_questions_are_answered", **answer)
    refuses(replies, "rapid_reviews_answered_when_by_and_what", answer="So.", kind=Reply.QUESTIONS)
    refuses(replies, "rapid_reviews_answered_after_received", **answer | {"answered_on": early, "kind": "questions"})
    for row in (sent.get(), replies.get()):
        with pytest.raises(Exception, match=r"workflow\.py"):
            row.save()
