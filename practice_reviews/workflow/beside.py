"""What every step beside a review does first: lock the review, then ask who may and whether the review still runs."""

from datetime import date, datetime
from typing import Any

from agency_returns.actors import Actor
from audit.workflow import record
from core.errors import WorkflowError
from core.states import StateTable
from panel.models import User
from panel.permissions import Permission
from practice_reviews import permissions
from practice_reviews.models import PracticeReview
from practice_reviews.states import Status
from practice_reviews.workflow.base import local_day, lock, words, write

MANAGE = Permission.MANAGE_PRACTICE_REVIEWS
__all__ = ["MANAGE", "check_runs", "local_day", "lock", "move", "not_later", "note", "take", "words", "write"]


def take(
    review: PracticeReview, *, by: User, now: datetime, right: Permission = MANAGE, also_after: bool = False
) -> PracticeReview:
    """The locked review, if `by` holds the right and it runs; `also_after`: or was signed off."""
    row = lock(review)
    permissions.check(by, right, row, on=local_day(now))
    check_runs(row, also_after=also_after)
    return row


def check_runs(review: PracticeReview, *, also_after: bool = False) -> None:
    if review.status == Status.STOPPED:
        raise WorkflowError("This review was stopped, so nothing is added to it.")
    if review.status == Status.SIGNED_OFF and not also_after:
        raise WorkflowError("This review is signed off. Open it again first.")


def move(row: Any, table: StateTable, verb: str, **fields: Any) -> None:
    """Check `verb` against the table, then write the new status with the facts that belong to it."""
    write(row, status=table.check(row.status, verb).target, **fields)


def note(verb: str, *, by: User | Actor | None, review: PracticeReview, **details: Any) -> None:
    """Audit `practice_review.<verb>`; `who` names people without an account too. No detail names a child or family."""
    user = by.user if isinstance(by, Actor) else by
    who = by.name if isinstance(by, Actor) else str(by) if by is not None else "The system"
    details |= {"who": who, "review": review.reference}
    record(f"practice_review.{verb}", by=user, obj=review, reference=review.case_reference, **details)


def not_later(on: date, now: datetime, sentence: str) -> date:
    """`on`, unless that day has not come yet."""
    if on > local_day(now):
        raise WorkflowError(sentence)
    return on
