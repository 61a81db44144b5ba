"""Reviews of others: listed, given to readers, read, decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from learning import emails
from learning.choices import Outcome, ReviewKind
from learning.models import OtherReview, Reader
from learning.models.base import sees_all
from learning.permissions import check_reader
from learning.states import ReadingStatus
from learning.workflow.base import local_day, lock, move, next_reference, note, take, take_for, words
from learning.workflow.base import write as put
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission
from referrals.workflow.base import is_new


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    kind: ReviewKind
    title: str
    area: str
    published_on: date | None = None
    link: str = ""
    findings: str = ""


def facts_of(review: OtherReview) -> dict[str, object]:
    """What stands now, for the fingerprint that keeps two windows apart."""
    return {name: getattr(review, name) for name in ("kind", "title", "area", "published_on", "link", "findings")}


def _checked(facts: ReviewFacts, today: date) -> dict[str, Any]:
    if facts.published_on and facts.published_on > today:
        raise WorkflowError("The day of publication cannot lie in the future.")
    return {
        "kind": facts.kind, "title": words(facts.title, "Enter the title of the review."),
        "area": words(facts.area, "Enter the area or body it comes from."), "published_on": facts.published_on,
        "link": facts.link, "findings": facts.findings.strip(),
    }  # fmt: skip


def _note(verb: str, review: OtherReview, *, by: Any, **details: Any) -> None:
    note(verb, by=by, obj=review, reference=review.reference, about=review.reference, **details)


@workflow
def list_review(*, facts: ReviewFacts, by: User, now: datetime) -> OtherReview:
    """Put a review of another area or kind on the reading list."""
    today = local_day(now)
    panel.check(by, Permission.EDIT_LEARNING, on=today)
    wanted = _checked(facts, today)
    review = OtherReview(reference=next_reference("OR", today.year), added_by=by, added_at=now, **wanted)
    review.save()
    _note("review_listed", review, by=by)
    return review


@workflow
def change_review(
    *, review: OtherReview, facts: ReviewFacts, by: User, now: datetime, seen: str | None = None
) -> OtherReview:
    """Put right what it is. ChangedMeanwhileError where another window saved something else since."""
    review = take(review, Permission.EDIT_LEARNING, by=by, now=now)
    wanted = _checked(facts, local_day(now))
    if is_new(facts_of(review), wanted, seen):
        put(review, **wanted)
        _note("review_changed", review, by=by)
    return review


@workflow
def assign_readers(
    *, review: OtherReview, readers: Iterable[User], due_on: date, by: User, now: datetime
) -> list[Reader]:
    """Give it to these people to read by `due_on`; each is told. Who has it and has not read it gets the new day."""
    review = take_for(review, "assign", by=by, now=now)
    today = local_day(now)
    if due_on < today:
        raise WorkflowError("Choose a day to read it by that is not past.")
    people = list(readers)
    if not people:
        raise WorkflowError("Choose who reads it.")
    outside = [person for person in people if not sees_all(person, today)]
    if outside:
        raise WorkflowError(f"{outside[0]} does not see learning. Choose somebody else.")
    there = {reader.user_id: reader for reader in review.readers.all()}
    if all(there.get(p.pk) and (there[p.pk].read_on or there[p.pk].due_on == due_on) for p in people):
        return list(there.values())
    move(review, "assign")
    made = [_give(review, person, there.get(person.pk), due_on, by=by, now=now) for person in people]
    names = ", ".join(sorted(person.name for person in people))
    _note("review_assigned", review, by=by, readers=names, due=due_on.isoformat())
    return [reader for reader in made if reader is not None]


def _give(
    review: OtherReview, person: User, reader: Reader | None, due_on: date, *, by: User, now: datetime
) -> Reader | None:
    if reader is not None and (reader.read_on or reader.due_on == due_on):
        return reader
    if reader is None:
        reader = Reader(review=review, user=person, due_on=due_on, assigned_by=by, assigned_at=now)
        reader.save()
    else:
        put(reader, due_on=due_on, reminded_on=None)
    emails.queue_reading(reader, now=now)
    return reader


@workflow
def say_implications(*, review: OtherReview, implications: str, suggests: Outcome, by: User, now: datetime) -> Reader:
    """A reader says what it means here. When all have, the review is read and waits for a decision."""
    review = lock(review)
    check_reader(by, review, on=local_day(now))
    reader: Reader = review.readers.get(user=by)
    text = words(implications, "Say what it means here.")
    if (reader.implications, reader.suggests) == (text, suggests):
        return reader
    if review.status == ReadingStatus.DECIDED:
        raise WorkflowError("It is decided already what is made of this review.")
    put(reader, implications=text, suggests=suggests, read_on=reader.read_on or local_day(now))
    _note("review_read", review, by=by, suggests=Outcome(suggests).label)
    if review.status == ReadingStatus.READING and not review.readers.filter(read_on__isnull=True).exists():
        move(review, "finish_reading")
    return reader


@workflow
def decide_review(*, review: OtherReview, outcome: Outcome, implications: str, by: User, now: datetime) -> OtherReview:
    """What the Panel makes of it. The same decision again is quiet."""
    review = take_for(review, "decide", by=by, now=now)
    text = words(implications, "Say what it means here, also where it means nothing.")
    if review.status == ReadingStatus.DECIDED and (review.outcome, review.implications) == (outcome, text):
        return review
    move(review, "decide", outcome=outcome, implications=text, decided_by=by, decided_on=local_day(now))
    _note("review_decided", review, by=by, outcome=Outcome(outcome).label)
    return review


@workflow
def reopen_review(*, review: OtherReview, by: User, now: datetime) -> OtherReview:
    """Take the decision back; what it means here stays as a draft. Open already: quiet."""
    review = take_for(review, "reopen", by=by, now=now)
    if review.status == ReadingStatus.READ:
        return review
    move(review, "reopen", outcome="", decided_by=None, decided_on=None)
    _note("review_reopened", review, by=by)
    return review
