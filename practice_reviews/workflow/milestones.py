"""The milestones of one review: done, expected on another day, or added."""

from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from practice_reviews.models import Milestone, PracticeReview
from practice_reviews.workflow.base import local_day, not_ahead, note, take, words, write


def _take(milestone: Milestone, *, by: User, now: datetime) -> tuple[Milestone, PracticeReview]:
    review = take(milestone.review, "move_milestones", by=by, now=now)
    return Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk), review


@workflow
def complete_milestone(*, milestone: Milestone, on: date | None = None, by: User, now: datetime) -> Milestone:
    """Done on that day, today unless given. Done already: quiet."""
    row, review = _take(milestone, by=by, now=now)
    if row.done_on is not None:
        return row
    day = not_ahead(on or local_day(now), now, "The day on which it was done")
    if day < review.decided_on:
        raise WorkflowError("It cannot be done before the review was decided on.")
    write(row, done_on=day, done_by=by)
    late = f" It was planned for {row.due_on:%-d %B %Y}." if day > row.due_on else ""
    note("milestone_done", by=by, review=review, milestone=row.title, on=day.isoformat(), late=late)
    return row


@workflow
def expect_milestone(
    *, milestone: Milestone, expected_on: date | None, reason: str = "", by: User, now: datetime
) -> Milestone:
    """Somebody knows better than the arithmetic: another day, with the reason. None: the arithmetic again.

    The planned day stays, so that the slip can be seen; all that follows moves with it (see forecast).
    """
    row, review = _take(milestone, by=by, now=now)
    if row.done_on is not None:
        raise WorkflowError("This milestone is done.")
    if expected_on is not None and expected_on < local_day(now):
        raise WorkflowError("The day on which it is expected has passed. If it is done, say so.")
    reason = words(reason, "Say why another day is expected.") if expected_on else ""
    write(row, expected_on=expected_on, expected_reason=reason)
    said = f"{expected_on:%-d %B %Y}" if expected_on else "the day that follows from the others"
    note("milestone_expected", by=by, review=review, milestone=row.title, said=said, text=reason)
    return row


@workflow
def add_milestone(
    *, review: PracticeReview, title: str, due_on: date, who: str = "", by: User, now: datetime
) -> Milestone:
    """A milestone of this review alone. WorkflowError where the title is there already."""
    review = take(review, "move_milestones", by=by, now=now)
    title = words(title, "Name the milestone.")
    if review.milestones.filter(title__iexact=title).exists():
        raise WorkflowError("This review has a milestone of that name.")
    if due_on < review.decided_on:
        raise WorkflowError("It cannot be planned before the review was decided on.")
    row = Milestone(review=review, title=title, who=who.strip(), due_on=due_on)
    row.save()
    note("milestone_added", by=by, review=review, milestone=title, due=due_on.isoformat())
    return row
