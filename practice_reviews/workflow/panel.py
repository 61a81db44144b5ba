"""The review's own panel: who sits on it, and its meetings."""

from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, User
from practice_reviews.models import PracticeReview, ReviewMeeting, ReviewMember
from practice_reviews.workflow.base import local_day, not_ahead, note, take, words, write


@workflow
def add_member(
    *, review: PracticeReview, name: str, role: str, agency: Agency | None = None, by: User, now: datetime
) -> ReviewMember:
    """Somebody joins. The same person who is still there again is quiet."""
    review = take(review, "work_with_panel", by=by, now=now)
    name, role = words(name, "Enter the member’s name."), words(role, "Enter the member’s role.")
    there: ReviewMember | None = review.members.filter(name__iexact=name, left_on__isnull=True).first()
    if there is not None:
        return there
    row = ReviewMember(review=review, name=name, role=role, agency=agency, joined_by=by, joined_on=local_day(now))
    row.save()
    note("member_joined", by=by, review=review, name=name)
    return row


@workflow
def member_leaves(*, member: ReviewMember, by: User, now: datetime) -> ReviewMember:
    review = take(member.review, "work_with_panel", by=by, now=now)
    if member.left_on is None:
        write(member, left_on=local_day(now), left_by=by)
        note("member_left", by=by, review=review, name=member.name)
    return member


@workflow
def plan_meeting(*, review: PracticeReview, on: date, about: str, by: User, now: datetime) -> ReviewMeeting:
    """A meeting to come; one that was held already is planned and recorded in two steps."""
    review = take(review, "work_with_panel", by=by, now=now)
    row = ReviewMeeting(review=review, on=on, about=words(about, "Say what the meeting is for."), planned_by=by)
    row.save()
    note("meeting_planned", by=by, review=review, on=on.isoformat())
    return row


@workflow
def record_meeting(
    *, meeting: ReviewMeeting, outcome: str, on: date | None = None, by: User, now: datetime
) -> ReviewMeeting:
    """That it was held, when, and what came of it."""
    review = take(meeting.review, "work_with_panel", by=by, now=now)
    _check_open(meeting)
    day = not_ahead(on or meeting.on, now, "The day on which it was held")
    outcome = words(outcome, "Say what came of the meeting.")
    write(meeting, held_on=day, held_by=by, outcome=outcome)
    note("meeting_held", by=by, review=review, on=day.isoformat())
    return meeting


@workflow
def call_off_meeting(*, meeting: ReviewMeeting, by: User, now: datetime) -> ReviewMeeting:
    review = take(meeting.review, "work_with_panel", by=by, now=now)
    _check_open(meeting)
    write(meeting, called_off_on=local_day(now), called_off_by=by)
    note("meeting_called_off", by=by, review=review, on=meeting.on.isoformat())
    return meeting


def _check_open(meeting: ReviewMeeting) -> None:
    meeting.refresh_from_db(fields=["held_on", "called_off_on"])
    if meeting.held_on or meeting.called_off_on:
        raise WorkflowError("This meeting is recorded already.")
