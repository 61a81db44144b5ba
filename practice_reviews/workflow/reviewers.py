"""The reviewer: considered, chosen or not, declared independent, asked in writing, and perhaps ended."""

from dataclasses import dataclass
from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from panel.roles import StatutoryRole
from practice_reviews.models import Declaration, PracticeReview, Reviewer, ReviewerRequest
from practice_reviews.states import REVIEWERS, ReviewerStatus
from practice_reviews.workflow.base import local_day, not_ahead, note, take, words, write

R = ReviewerStatus


@workflow
def consider(
    *,
    review: PracticeReview,
    name: str,
    organisation: str = "",
    address: str = "",
    expertise: str = "",
    by: User,
    now: datetime,
) -> Reviewer:
    """Put somebody on the list of those considered. The same name again is quiet."""
    review = take(review, "choose_reviewer", by=by, now=now)
    name = words(name, "Enter the name of whom you consider.")
    existing: Reviewer | None = review.reviewers.filter(name__iexact=name).first()
    if existing is not None:
        return existing
    row = Reviewer(
        review=review, name=name, organisation=organisation.strip(), address=address.strip().lower(),
        expertise=expertise.strip(), considered_by=by, considered_at=now,
    )  # fmt: skip
    row.save()
    note("reviewer_considered", by=by, review=review, name=name)
    return row


def _take_reviewer(reviewer: Reviewer, verb: str, *, by: User, now: datetime) -> tuple[Reviewer, PracticeReview]:
    review = take(reviewer.review, "choose_reviewer", by=by, now=now)
    row = Reviewer.objects.select_for_update(of=("self",)).get(pk=reviewer.pk)
    row.review = review
    REVIEWERS.check(row.status, verb)
    return row, review


@workflow
def appoint(*, reviewer: Reviewer, reason: str, on: date | None = None, by: User, now: datetime) -> Reviewer:
    """Appoint, with the reason for the choice. Their declaration is accepted by the chair, afterwards."""
    row, review = _take_reviewer(reviewer, "appoint", by=by, now=now)
    reason = words(reason, "Say why this reviewer is chosen.")
    day = not_ahead(on or local_day(now), now, "The day of the appointment")
    if day < review.decided_on:
        raise WorkflowError("A reviewer cannot be appointed before the review was decided on.")
    write(row, status=R.APPOINTED, reason=reason, chosen_by=by, chosen_on=day)
    note("reviewer_appointed", by=by, review=review, name=row.name)
    return row


@workflow
def turn_down(*, reviewer: Reviewer, reason: str, by: User, now: datetime) -> Reviewer:
    row, review = _take_reviewer(reviewer, "turn_down", by=by, now=now)
    reason = words(reason, "Say why they are not chosen.")
    write(row, status=R.NOT_CHOSEN, reason=reason, chosen_by=by, chosen_on=local_day(now))
    note("reviewer_not_chosen", by=by, review=review, name=row.name)
    return row


@workflow
def end_appointment(*, reviewer: Reviewer, reason: str, by: User, now: datetime) -> Reviewer:
    row, review = _take_reviewer(reviewer, "end", by=by, now=now)
    reason = words(reason, "Say why the appointment ends.")
    write(row, status=R.ENDED, ended_by=by, ended_on=local_day(now), ended_reason=reason)
    note("reviewer_ended", by=by, review=review, name=row.name)
    return row


@dataclass(frozen=True, kw_only=True)
class Declared:
    text: str
    apart_from_agencies: bool
    apart_from_line: bool
    declared_on: date


@workflow
def record_declaration(*, reviewer: Reviewer, declared: Declared, by: User, now: datetime) -> Declaration:
    """What the reviewer declares. A newer declaration takes the place of an older one, accepted or not."""
    review = take(reviewer.review, "choose_reviewer", by=by, now=now)
    if reviewer.status not in (R.CONSIDERED, R.APPOINTED):
        raise WorkflowError("Only who is considered or appointed declares their independence.")
    text = words(declared.text, "Enter the declaration in the reviewer’s words.")
    day = not_ahead(declared.declared_on, now, "The day of the declaration")
    row = Declaration(
        reviewer=reviewer, text=text, apart_from_agencies=declared.apart_from_agencies,
        apart_from_line=declared.apart_from_line, declared_on=day, recorded_by=by, recorded_at=now,
    )  # fmt: skip
    row.save()
    note("declaration_recorded", by=by, review=review, name=reviewer.name)
    return row


@workflow
def rule_on_declaration(
    *, declaration: Declaration, accept: bool, grounds: str = "", by: User, now: datetime
) -> Declaration:
    """The chair accepts it or not; grounds are needed unless it is independent in full and accepted."""
    review = take(declaration.reviewer.review, "accept_declaration", by=by, now=now)
    row = Declaration.objects.select_for_update(of=("self",)).select_related("reviewer").get(pk=declaration.pk)
    if row.is_accepted is not None:
        raise WorkflowError("This declaration has been ruled on. A new one takes its place.")
    if row.reviewer.declarations.filter(pk__gt=row.pk).exists():
        raise WorkflowError("A newer declaration was recorded since. Read that one.")
    in_full = row.apart_from_agencies and row.apart_from_line
    grounds = grounds.strip()
    if not grounds and not (accept and in_full):
        raise WorkflowError("Give your grounds: it is not independence in full, or you do not accept it.")
    write(row, is_accepted=accept, ruled_by=by, ruled_on=local_day(now), ruling=grounds)
    answer = "accepted" if accept else "did not accept"
    note("declaration_ruled", by=by, review=review, name=row.reviewer.name, answer=answer)
    return row


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A written request under regulation 14 of the 2018 Regulations."""

    partner: StatutoryRole
    text: str
    asked_on: date
    answer_by: date


@workflow
def request_of_reviewer(*, reviewer: Reviewer, asked: Asked, by: User, now: datetime) -> ReviewerRequest:
    """Record what a Safeguarding Partner asked of the appointed reviewer in writing, and by when the answer is due."""
    review = take(reviewer.review, "request_of_reviewer", by=by, now=now)
    if reviewer.status != R.APPOINTED:
        raise WorkflowError("Written requests go to an appointed reviewer.")
    day = not_ahead(asked.asked_on, now, "The day of the request")
    if asked.answer_by < day:
        raise WorkflowError("The answer cannot be due before it is asked for.")
    if asked.partner == StatutoryRole.NONE:
        raise WorkflowError("Say which Safeguarding Partner asks.")
    row = ReviewerRequest(
        reviewer=reviewer, partner=asked.partner, text=words(asked.text, "Say what is asked."), asked_on=day,
        answer_by=asked.answer_by, recorded_by=by, recorded_at=now,
    )  # fmt: skip
    row.save()
    partner = row.get_partner_display()
    note("reviewer_asked", by=by, review=review, partner=partner, due=row.answer_by.isoformat())
    return row


@workflow
def record_answer(
    *, request: ReviewerRequest, text: str, on: date | None = None, by: User, now: datetime
) -> ReviewerRequest:
    """What the reviewer answered, and on which day. Answered already: refused, so that no answer is written over."""
    review = take(request.reviewer.review, "request_of_reviewer", by=by, now=now)
    row = ReviewerRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.answered_on is not None:
        raise WorkflowError("The answer to this request is recorded already.")
    day = not_ahead(on or local_day(now), now, "The day of the answer")
    if day < row.asked_on:
        raise WorkflowError("The answer cannot come before the request.")
    write(row, answer=words(text, "Enter the answer."), answered_on=day, answer_by_whom=by)
    note("reviewer_answered", by=by, review=review, asked=row.asked_on.isoformat())
    return row
