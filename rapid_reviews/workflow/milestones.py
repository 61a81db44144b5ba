"""Local milestones: done on a day. Late is only noted: the milestones are the partnership's own."""

from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from deadlines.models import Clock
from deadlines.workflow import complete_clock
from panel.models import User
from rapid_reviews.models import RapidReview
from rapid_reviews.workflow.base import note, take

MEETING, SIGN_OFF = "rr-meeting", "rr-sign-off"  # where a partnership keeps them, the event itself completes them


@workflow
def complete_milestone(*, review: RapidReview, milestone: Clock, on: date, by: User, now: datetime) -> Clock:
    """Mark a milestone of this review as done on the day `on`; done before is quiet."""
    review, _ = take(review, "complete_milestones", by=by, now=now)
    milestone = Clock.objects.select_related("rule").get(pk=milestone.pk)
    if milestone.parent_id != review.clock_id:
        raise WorkflowError("This milestone belongs to another rapid review.")
    if milestone.completed_on is not None:
        return milestone
    if milestone.due_on == review.clock.due_on:
        raise WorkflowError("This milestone is done when the rapid review is recorded as sent.")
    milestone = complete_clock(clock=milestone, on=on, by=by, now=now)
    late = " It was late." if milestone.was_late else ""
    note("milestone_done", by=by, review=review, milestone=milestone.rule.title, on=on.isoformat(), late=late)
    return milestone


def reach(review: RapidReview, code: str, *, on: date, by: User, now: datetime) -> None:
    """What the milestone `code` waits for has happened on the day `on`. Quiet where it does not run."""
    milestone = review.clock.milestone_clocks.running().filter(code=code).first()
    if milestone is not None:
        complete_clock(clock=milestone, on=max(on, milestone.trigger_on), by=by, now=now)
