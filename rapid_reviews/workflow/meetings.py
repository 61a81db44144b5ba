"""A meeting of the Panel planned or moved so that a rapid review keeps its date (terms of reference, section 3).

The meeting is the Panel's and knows no case; what was done for this one stands in its own trail.
"""

from datetime import date, datetime, time

from core.errors import WorkflowError
from core.guard import workflow
from panel import meetings
from panel.choices import MeetingKind
from panel.models import PanelMeeting, User
from panel.permissions import Permission
from rapid_reviews.models import RapidReview
from rapid_reviews.states import BEFORE_RECOMMENDATION
from rapid_reviews.workflow.base import local_day, note
from referrals import permissions as cases

REASON = "So that a rapid review keeps its statutory date."


def _check(review: RapidReview, on: date, *, by: User, now: datetime) -> None:
    cases.check(by, Permission.PLAN_MEETINGS, review.referral, on=local_day(now))
    if review.status not in BEFORE_RECOMMENDATION:
        raise WorkflowError("No meeting is awaited for this rapid review any more.")
    if on > review.clock.due_on:
        raise WorkflowError("That day is after the statutory date. Choose an earlier one.")


@workflow
def plan_for(
    *, review: RapidReview, on: date, at: time, place: str, is_online: bool = False, by: User, now: datetime
) -> PanelMeeting:
    """Plan an extraordinary meeting; the members are told by a mail that names no case."""
    _check(review, on, by=by, now=now)
    meeting = meetings.plan_meeting(
        on=on, at=at, place=place, is_online=is_online, kind=MeetingKind.EXTRAORDINARY, reason=REASON, by=by, now=now
    )
    note("meeting_planned", by=by, review=review, on=on.isoformat())
    return meeting


@workflow
def move_for(
    *, review: RapidReview, meeting: PanelMeeting, on: date, at: time, by: User, now: datetime
) -> PanelMeeting:
    """Move the next meeting to a day in time; the members are told by a mail that names no case."""
    _check(review, on, by=by, now=now)
    moved = meetings.move_meeting(meeting=meeting, on=on, at=at, reason=REASON, by=by, now=now)
    note("meeting_moved", by=by, review=review, on=on.isoformat())
    return moved
