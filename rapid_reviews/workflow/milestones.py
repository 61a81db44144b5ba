"""Local milestones: done on a day. Late is only noted: the milestones are the partnership's own."""

from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from deadlines.models import Clock
from deadlines.workflow import complete_clock
from panel.models import User
from rapid_reviews.models import RapidReview
from rapid_reviews.workflow.base import note, take


@workflow
def complete_milestone(*, review: RapidReview, milestone: Clock, on: date, by: User, now: datetime) -> Clock:
    """Mark a milestone of this review as done on the day `on`; done before is quiet."""
    review, _ = take(review, "complete_milestones", by=by, now=now)
    milestone = Clock.objects.select_related("rule").get(pk=milestone.pk)
    if milestone.parent_id != review.clock_id:
        raise WorkflowError("This milestone belongs to another rapid review.")
    if milestone.completed_on is not None:
        return milestone
    milestone = complete_clock(clock=milestone, on=on, by=by, now=now)
    late = " It was late." if milestone.was_late else ""
    note("milestone_done", by=by, review=review, milestone=milestone.rule.title, on=on.isoformat(), late=late)
    return milestone
