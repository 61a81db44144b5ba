"""What every step does first: lock, then ask whether this person may."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from audit.workflow import record
from core.errors import WorkflowError
from panel.models import User
from rapid_reviews import permissions
from rapid_reviews.models import RapidReview
from rapid_reviews.states import TABLE, Status


def local_day(now: datetime) -> date:
    return timezone.localdate(now)


def take(
    review: RapidReview, verb: str, *, by: User, now: datetime, done: Status | None = None
) -> tuple[RapidReview, bool]:
    """The locked row, and whether `verb` was done already (its status is `done`): then there is nothing to do."""
    row: RapidReview = (
        RapidReview.objects.select_for_update(of=("self",)).select_related("referral", "clock").get(pk=review.pk)
    )
    permissions.check_person(by, row, verb, on=local_day(now))
    if done is not None and row.status == done:
        return row, True
    TABLE.check(row.status, verb)
    return row, False


def move(review: RapidReview, status: Status, **fields: Any) -> None:
    """Write the new status together with the facts that belong to it."""
    review.status = status
    for name, value in fields.items():
        setattr(review, name, value)
    review.save(update_fields=["status", *fields])


def note(verb: str, *, by: User | None, review: RapidReview, text: str = "", **details: Any) -> None:
    """Audit `rapid_review.<verb>` under the case's reference."""
    record(f"rapid_review.{verb}", by=by, obj=review, reference=review.referral.reference, text=text, **details)


def words(text: str, missing: str) -> str:
    """`text` without spaces around it; WorkflowError with the sentence `missing` where nothing is left."""
    text = text.strip()
    if not text:
        raise WorkflowError(missing)
    return text
