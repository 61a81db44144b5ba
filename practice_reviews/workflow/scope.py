"""Scope and terms: the questions, the period, the children and agencies, the method; agreed by the chair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, User
from practice_reviews.models import Enquiry, PracticeReview, ScopeAgency, ScopeChild
from practice_reviews.workflow.base import local_day, note, take, words, write
from referrals.models import Child
from referrals.workflow.base import is_new


@dataclass(frozen=True, kw_only=True)
class Scope:
    method: str = ""
    scope_from: date | None = None
    scope_to: date | None = None
    scope_note: str = ""
    children: Sequence[Child] = ()
    agencies: Sequence[Agency] = ()


def scope_of(review: PracticeReview) -> dict[str, object]:
    """What stands now, for forms and for the fingerprint that keeps two windows apart."""
    return {
        "method": review.method, "scope_from": review.scope_from, "scope_to": review.scope_to,
        "scope_note": review.scope_note,
        "children": list(Child.objects.filter(pk__in=review.scope_children.values("child")).order_by("position")),
        "agencies": list(Agency.objects.filter(pk__in=review.scope_agencies.values("agency")).order_by("name")),
    }  # fmt: skip


@workflow
def set_scope(
    *, review: PracticeReview, scope: Scope, by: User, now: datetime, seen: str | None = None
) -> PracticeReview:
    """Save the scope. What changes after the chair agreed it asks for agreement again. The same again is quiet."""
    review = take(review, "set_scope", by=by, now=now)
    _check_scope(review, scope)
    wanted = {
        "method": scope.method.strip(), "scope_from": scope.scope_from, "scope_to": scope.scope_to,
        "scope_note": scope.scope_note.strip(), "children": sorted(scope.children, key=lambda c: c.position),
        "agencies": sorted(scope.agencies, key=lambda a: a.name),
    }  # fmt: skip
    if not is_new(scope_of(review), wanted, seen):
        return review
    write(review, **{name: wanted[name] for name in ("method", "scope_from", "scope_to", "scope_note")})
    review.scope_children.all().delete()
    ScopeChild.objects.bulk_create([ScopeChild(review=review, child=child) for child in scope.children])
    review.scope_agencies.all().delete()
    ScopeAgency.objects.bulk_create([ScopeAgency(review=review, agency=agency) for agency in scope.agencies])
    _no_longer_agreed(review)
    note("scope_set", by=by, review=review)
    return review


def _check_scope(review: PracticeReview, scope: Scope) -> None:
    if scope.scope_from and scope.scope_to and scope.scope_to < scope.scope_from:
        raise WorkflowError("The period must end after it begins.")
    if any(child.referral_id != review.referral_id for child in scope.children):
        raise WorkflowError("This child is not in the case of this review.")


def _no_longer_agreed(review: PracticeReview) -> None:
    if review.terms_agreed_on is not None:
        write(review, terms_agreed_on=None, terms_agreed_by=None)


@workflow
def save_enquiry(
    *, review: PracticeReview, question: str, why: str = "", enquiry: Enquiry | None = None, by: User, now: datetime
) -> Enquiry:
    """Add a key line of enquiry, or change `enquiry`. The chair agrees the terms anew. The same again is quiet."""
    review = take(review, "set_scope", by=by, now=now)
    question, why = words(question, "Enter the question."), why.strip()
    if enquiry is not None and (enquiry.question, enquiry.why) == (question, why):
        return enquiry
    row = enquiry or Enquiry(review=review, number=_next_number(review))
    row.question, row.why = question, why
    row.save()
    _no_longer_agreed(review)
    note("enquiry_saved", by=by, review=review, number=row.number)
    return row


def _next_number(review: PracticeReview) -> int:
    last = review.enquiries.order_by("-number").first()
    return last.number + 1 if last else 1


@workflow
def remove_enquiry(*, enquiry: Enquiry, by: User, now: datetime) -> None:
    """Take a question out; the history keeps it."""
    review = take(enquiry.review, "set_scope", by=by, now=now)
    number = enquiry.number
    Enquiry.objects.filter(pk=enquiry.pk).delete()
    _no_longer_agreed(review)
    note("enquiry_removed", by=by, review=review, number=number)


@workflow
def agree_terms(*, review: PracticeReview, by: User, now: datetime) -> PracticeReview:
    """The chair agrees scope and terms as they stand. Agreed already: quiet."""
    review = take(review, "agree_terms", by=by, now=now)
    if review.terms_agreed_on is not None:
        return review
    lacks = [
        name
        for name, there in (
            ("key lines of enquiry", review.enquiries.exists()),
            ("the period that it looks at", review.scope_from and review.scope_to),
            ("a method", review.method),
            ("the agencies in scope", review.scope_agencies.exists()),
        )
        if not there
    ]
    if lacks:
        raise WorkflowError(f"The terms cannot be agreed yet. They lack: {', '.join(lacks)}.")
    write(review, terms_agreed_by=by, terms_agreed_on=local_day(now))
    note("terms_agreed", by=by, review=review)
    return review
