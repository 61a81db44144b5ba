"""After sending: that it arrived, what the national Panel replied, and what we answered."""

from datetime import date, datetime
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from deadlines.workflow import complete_clock
from documents.models import Document
from documents.states import Status as FileStatus
from documents.workflow import store
from panel.models import User
from rapid_reviews import emails
from rapid_reviews.choices import Reply
from rapid_reviews.models import NationalReply, RapidReview, Submission
from rapid_reviews.states import Status
from rapid_reviews.workflow.base import local_day, move, note, take, words
from referrals import workflow as cases
from referrals.documents import key_of

LETTER_KIND = "national-panel"  # of document
VERBS = {
    Reply.AGREE: "record_reply",
    Reply.NATIONAL: "record_reply",
    Reply.QUESTIONS: "record_questions",
    Reply.DISAGREE: "reopen_after_reply",
}


@workflow
def record_receipt(
    *, review: RapidReview, on: date, reference: str = "", letter: Any = None, by: User, now: datetime
) -> Submission:
    """The national Panel confirmed on the day `on` that it has the latest sending. The same twice is quiet."""
    review, _ = take(review, "record_receipt", by=by, now=now)
    submission = _latest(review)
    if submission.receipt_on is not None:
        if (submission.receipt_on, submission.receipt_reference) == (on, reference.strip()):
            return submission
        raise WorkflowError("The receipt of this sending is recorded already.")
    _check_day(on, submission.sent_on, now)
    submission.receipt_letter = _letter(review, letter, by=by, now=now)
    submission.receipt_on, submission.receipt_reference = on, reference.strip()
    submission.receipt_by, submission.receipt_at = by, now
    names = ["receipt_on", "receipt_reference", "receipt_letter", "receipt_by", "receipt_at"]
    submission.save(update_fields=names)
    note("receipt_recorded", by=by, review=review, on=on.isoformat())
    return submission


@workflow
def record_reply(
    *,
    review: RapidReview,
    kind: Reply,
    on: date,
    text: str,
    reference: str = "",
    letter: Any = None,
    by: User,
    now: datetime,
) -> NationalReply:
    """What the national Panel replied on the day `on`, in its own words.

    Agreement and national review end the wait. Questions leave it running until the answer and the reply to that. A
    disagreement reopens the decision: the recommendation, the decisions and the sending are kept, the Panel recommends
    anew. The same reply twice is quiet.
    """
    kind = Reply(kind)
    verb = VERBS[kind]
    back = Status.DRAFTING if kind == Reply.DISAGREE and review.submissions.exists() else None
    review, done = take(review, verb, by=by, now=now, done=back)
    submission = _latest(review)
    text = words(text, "Say what the national Panel wrote.")
    there = submission.replies.filter(kind=kind, received_on=on, text=text).first()
    if there is not None:
        return there
    if done:
        raise WorkflowError("The decision is being taken anew already.")
    _check_day(on, submission.sent_on, now)
    reply = NationalReply(
        submission=submission, kind=kind, received_on=on, reference=reference.strip(), text=text,
        letter=_letter(review, letter, by=by, now=now), recorded_by=by, recorded_at=now,
    )  # fmt: skip
    reply.save(force_insert=True)
    note("replied", by=by, review=review, kind=kind.label.lower(), on=on.isoformat())
    _follow(review, reply, by=by, now=now)
    emails.queue_replied(review, reply, now=now)
    return reply


def _follow(review: RapidReview, reply: NationalReply, *, by: User, now: datetime) -> None:
    """What a reply changes."""
    if reply.kind == Reply.QUESTIONS:
        return
    complete_clock(clock=reply.submission.reply_clock, on=reply.received_on, by=by, now=now)
    if reply.kind != Reply.DISAGREE:
        move(review, Status.REPLIED)
        return
    standing = review.recommendations.standing().get()
    standing.reopen_reason = f"The national Panel disagreed: {reply.text}"
    standing.reopened_by, standing.reopened_at = by, now
    standing.save(update_fields=["reopen_reason", "reopened_by", "reopened_at"])
    move(review, Status.DRAFTING, outcome="", decided_on=None)
    cases.resume_rapid_review(referral=review.referral, by=by, now=now)
    note("reopened_after_reply", by=by, review=review)


@workflow
def answer_questions(
    *, review: RapidReview, reply: NationalReply, answer: str, on: date, by: User, now: datetime
) -> NationalReply:
    """What was answered to the national Panel's questions, and on which day. The same answer twice is quiet."""
    review, _ = take(review, "answer_questions", by=by, now=now)
    asked = NationalReply.objects.select_for_update().filter(submission__review=review, pk=reply.pk).first()
    if asked is None or asked.kind != Reply.QUESTIONS:
        raise WorkflowError("These are no questions of the national Panel about this rapid review.")
    answer = words(answer, "Give the answer that was sent.")
    if asked.answered_on is not None:
        if (asked.answer, asked.answered_on) == (answer, on):
            return asked
        raise WorkflowError("These questions are answered already.")
    _check_day(on, asked.received_on, now)
    asked.answer, asked.answered_on, asked.answered_by, asked.answered_at = answer, on, by, now
    asked.save(update_fields=["answer", "answered_on", "answered_by", "answered_at"])
    note("questions_answered", by=by, review=review, on=on.isoformat())
    return asked


def _latest(review: RapidReview) -> Submission:
    found = review.submissions.select_related("reply_clock").order_by("-number").first()
    if found is None:
        raise WorkflowError("No sending to the national Panel is recorded with its report.")
    return found


def _check_day(on: date, earliest: date, now: datetime) -> None:
    if on > local_day(now):
        raise WorkflowError("This day has not come yet. Give the day on which it happened.")
    if on < earliest:
        raise WorkflowError(f"It cannot have happened before {earliest.day} {earliest:%B %Y}.")


def _letter(review: RapidReview, file: Any, *, by: User, now: datetime) -> Document | None:
    """Keep the letter among the documents of the case. Raises, with a sentence, for a file that is not kept."""
    if file is None:
        return None
    document = store(
        owner_key=key_of(review.referral), reference=review.referral.reference, file=file, kind=LETTER_KIND,
        description="About the rapid review", by=by, now=now,
    )  # fmt: skip
    if document.status == FileStatus.REFUSED:
        raise WorkflowError("The virus scan found something harmful in this file. It was not kept; do not open it.")
    return document
