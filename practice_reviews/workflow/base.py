"""What every step does first: lock the review, then ask who may and what the table says."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from audit.workflow import record
from core.errors import WorkflowError
from panel.models import User
from practice_reviews import permissions
from practice_reviews.kinds import PREFIX
from practice_reviews.models import PracticeReview, ReviewNumber
from practice_reviews.states import TABLE

RELATED = ("referral", "agency", "clock", "tell_clock", "recommendation")


def local_day(now: datetime) -> date:
    return timezone.localdate(now)


def lock(review: PracticeReview) -> PracticeReview:
    row: PracticeReview = (
        PracticeReview.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=review.pk)
    )
    return row


def take(review: PracticeReview, verb: str, *, by: User, now: datetime) -> PracticeReview:
    """The locked review, if `by` may `verb` it and its status allows that."""
    row = take_person(review, verb, by=by, now=now)
    TABLE.check(row.status, verb)
    return row


def take_person(review: PracticeReview, verb: str, *, by: User, now: datetime) -> PracticeReview:
    """The locked review, if `by` may `verb` it in some status: for steps that are quiet when done already."""
    row = lock(review)
    permissions.check_person(by, row, verb, on=local_day(now))
    return row


def move(review: PracticeReview, verb: str, **fields: Any) -> None:
    """Check `verb` against the table, then write the new status with the facts that belong to it."""
    write(review, status=TABLE.check(review.status, verb).target, **fields)


def write(row: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields])


def note(verb: str, *, by: User | None, review: PracticeReview, text: str = "", **details: Any) -> None:
    """Audit `practice_review.<verb>` under the case's reference, or the review's own."""
    details |= {"review": review.reference}
    record(f"practice_review.{verb}", by=by, obj=review, reference=review.case_reference, text=text, **details)


def words(text: str, missing: str) -> str:
    """`text` without spaces around it; WorkflowError with the sentence `missing` where nothing is left."""
    text = text.strip()
    if not text:
        raise WorkflowError(missing)
    return text


def not_ahead(day: date, now: datetime, what: str) -> date:
    """`day`, or WorkflowError where it lies in the future: what is recorded has happened."""
    if day > local_day(now):
        raise WorkflowError(f"{what} cannot be in the future.")
    return day


def next_reference(year: int) -> str:
    """The next free reference of a year; the counter's row stays locked until the review is there."""
    ReviewNumber.objects.get_or_create(year=year)
    counter = ReviewNumber.objects.select_for_update().get(year=year)
    write(counter, last=counter.last + 1)
    return f"{PREFIX}-{year}-{counter.last:03d}"
