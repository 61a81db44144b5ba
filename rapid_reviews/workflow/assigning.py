"""Who writes which section."""

from collections.abc import Mapping
from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from rapid_reviews import emails, permissions
from rapid_reviews.choices import SectionKey
from rapid_reviews.contents import contents_of
from rapid_reviews.models import Assignment, RapidReview
from rapid_reviews.outline import Part
from rapid_reviews.workflow.base import local_day, note, take


@workflow
def assign_sections(
    *, review: RapidReview, owners: Mapping[tuple[str, int | None], User | None], by: User, now: datetime
) -> list[Part]:
    """Give sections, named by `Part.place`, to members of the Panel, or (None) to nobody. Returns those that changed.

    Each person who has something new to write gets one mail, however many sections it is.
    """
    review, _ = take(review, "assign_sections", by=by, now=now)
    parts = {part.place: part for part in contents_of(review).parts}
    if not set(owners) <= set(parts):
        raise WorkflowError("There is no such section in this rapid review.")
    changed = [parts[place] for place, owner in owners.items() if parts[place].owner != owner]
    given: dict[User, list[str]] = {}
    for part in changed:
        owner = owners[part.place]
        if owner is not None:
            _check_owner(review, owner, now)
            given.setdefault(owner, []).append(part.title)
        _assign(review, part, owner, by=by, now=now)
    if changed:
        who = "; ".join(f"{part.title}: {owners[part.place] or 'nobody'}" for part in changed)
        note("sections_assigned", by=by, review=review, who=who)
    emails.queue_assigned(review, [owner for owner in given if owner != by], now=now)
    return changed


def _check_owner(review: RapidReview, owner: User, now: datetime) -> None:
    if not permissions.can_person(owner, review, "edit_sections", on=local_day(now)):
        raise WorkflowError(
            f"{owner} cannot write in this rapid review. Choose a member of the Panel who sees the case."
        )


def _assign(review: RapidReview, part: Part, owner: User | None, *, by: User, now: datetime) -> None:
    found: Assignment | None = review.assignments.filter(key=part.key, child=part.child).first()
    row = found or Assignment(review=review, key=SectionKey(part.key), child=part.child)
    row.owner, row.assigned_by, row.assigned_at = owner, by, now
    row.save()
