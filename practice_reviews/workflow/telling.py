"""Telling the national bodies: of the review with the reviewer's name, and of its delay with the reason."""

from dataclasses import dataclass
from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from deadlines.workflow import complete_clock, explain_lateness
from panel.models import User
from practice_reviews import letters
from practice_reviews.choices import TOLD_OF_DELAY, TOLD_OF_REVIEW, Body, Kind, Lateness
from practice_reviews.models import BodyLetter, DelayNotice, PracticeReview
from practice_reviews.workflow.base import local_day, not_ahead, note, take, words, write
from practice_reviews.workflow.gates import appointed


@workflow
def write_letters(*, review: PracticeReview, by: User, now: datetime) -> list[BodyLetter]:
    """The letters that there is a review, one to each body, with the name of the appointed reviewer. Quiet twice."""
    review = take(review, "write_letters", by=by, now=now)
    _check_lcspr(review)
    people = appointed(review)
    if not people:
        raise WorkflowError("Appoint the reviewer first: the three bodies are told the reviewer’s name.")
    there = set(review.letters.filter(notice__isnull=True).values_list("body", flat=True))
    for body in TOLD_OF_REVIEW:
        if body not in there:
            text = letters.told_of_review(review, body, people)
            BodyLetter(review=review, body=body, text=text, made_by=by, made_at=now).save()
    if not there:
        note("letters_written", by=by, review=review)
    return list(review.letters.filter(notice__isnull=True))


def _check_lcspr(review: PracticeReview) -> None:
    if review.kind != Kind.LCSPR:
        raise WorkflowError("The national bodies are told of local child safeguarding practice reviews only.")


@dataclass(frozen=True, kw_only=True)
class Delay:
    kind: Lateness
    reason: str
    known_on: date
    expected_on: date | None = None


@workflow
def write_notice(*, review: PracticeReview, delay: Delay, by: User, now: datetime) -> DelayNotice:
    """A notice of delay with its two letters, to the national Panel and the Secretary of State."""
    review = take(review, "write_letters", by=by, now=now)
    _check_lcspr(review)
    reason = words(delay.reason, "Say why publication is late or withheld.")
    letters.check_nameless(review, reason)
    known_on = not_ahead(delay.known_on, now, "The day since when it is known")
    if delay.kind == Lateness.LATE and delay.expected_on is None:
        raise WorkflowError("Say by when publication is expected now.")
    if review.due_on is None or (delay.expected_on and delay.expected_on <= review.due_on):
        raise WorkflowError("This is no delay: the day that you expect is not after the statutory one.")
    notice = DelayNotice(
        review=review, number=review.delay_notices.count() + 1, kind=delay.kind, reason=reason, known_on=known_on,
        due_on=review.due_on, expected_on=delay.expected_on, written_by=by, written_at=now,
    )  # fmt: skip
    notice.save()
    for body in TOLD_OF_DELAY:
        text = letters.told_of_delay(review, body, notice)
        BodyLetter(review=review, notice=notice, body=body, text=text, made_by=by, made_at=now).save()
    note("notice_written", by=by, review=review, number=notice.number, text=reason)
    return notice


def _take(letter: BodyLetter, *, by: User, now: datetime) -> tuple[BodyLetter, PracticeReview]:
    review = take(letter.review, "write_letters", by=by, now=now)
    row = BodyLetter.objects.select_for_update(of=("self",)).select_related("notice").get(pk=letter.pk)
    row.review = review
    return row, review


@workflow
def change_letter(*, letter: BodyLetter, text: str, by: User, now: datetime) -> BodyLetter:
    """Mend the text of a letter that was not sent. A child's name in it is refused. The same again is quiet."""
    row, review = _take(letter, by=by, now=now)
    _check_not_sent(row)
    text = words(text, "A letter cannot be empty.")
    letters.check_nameless(review, text)
    if text != row.text:
        write(row, text=text)
        note("letter_changed", by=by, review=review, body=row.get_body_display())
    return row


def _check_not_sent(letter: BodyLetter) -> None:
    if letter.sent_on is not None:
        raise WorkflowError("This letter was sent, so it stays as it was.")


@workflow
def record_letter_sent(
    *, letter: BodyLetter, on: date, to: str, by: User, now: datetime, late_reason: str = ""
) -> BodyLetter:
    """That a letter went out, when and to whom. With the last of the three, the time limit for telling is met.

    WorkflowError where that is late and `late_reason` says nothing. Sent already: quiet.
    """
    row, review = _take(letter, by=by, now=now)
    if row.sent_on is not None:
        return row
    on = not_ahead(on, now, "The day on which the letter was sent")
    if on < review.decided_on:
        raise WorkflowError("The letter cannot be sent before the review was decided on.")
    letters.check_nameless(review, row.text)
    if row.notice is None:
        _check_names_reviewer(row, review)
    write(row, sent_on=on, sent_to=words(to, "Say to whom the letter was sent."), sent_by=by)
    note("letter_sent", by=by, review=review, body=row.get_body_display(), on=on.isoformat())
    if row.notice is None:
        _meet_tell_clock(review, by=by, now=now, late_reason=late_reason)
    else:
        _explain_clock(review, row.notice, by=by, now=now)
    return row


def _check_names_reviewer(letter: BodyLetter, review: PracticeReview) -> None:
    if not any(one.name in letter.text for one in appointed(review)):
        raise WorkflowError("The letter must bear the name of an appointed reviewer.")


def _meet_tell_clock(review: PracticeReview, *, by: User, now: datetime, late_reason: str) -> None:
    """Met only when all three are told, on the day of the last letter."""
    sent = dict(review.letters.filter(notice__isnull=True, sent_on__isnull=False).values_list("body", "sent_on"))
    if review.tell_clock is None or set(sent) != set(TOLD_OF_REVIEW):
        return
    told = ", ".join(Body(body).label for body in sent)
    complete_clock(clock=review.tell_clock, on=max(sent.values()), by=by, now=now, late_reason=late_reason, told=told)
    note("bodies_told", by=by, review=review, on=max(sent.values()).isoformat())


def _explain_clock(review: PracticeReview, notice: DelayNotice, *, by: User, now: datetime) -> None:
    """Both are told of the delay: the six months bear the reason, if they are over."""
    letters_out = notice.letters.filter(sent_on__isnull=False)
    if letters_out.count() < len(TOLD_OF_DELAY):
        return
    note("delay_told", by=by, review=review, number=notice.number)
    if review.clock is not None and review.clock.is_overdue_on(local_day(now)):
        told = ", ".join(one.get_body_display() for one in letters_out)
        explain_lateness(clock=review.clock, reason=notice.reason, told=told, by=by, now=now)
