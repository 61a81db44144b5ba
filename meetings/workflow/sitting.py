"""A meeting sits: opened, who comes and goes, ended, and gone on with where it was ended by mistake."""

from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from meetings import permissions
from meetings.models import Minutes, Presence, Sitting
from meetings.people import may_attend
from meetings.states import SITTINGS, Stage
from meetings.workflow.base import check_capturing, local_day, lock, note, sitting_of, write
from panel.choices import MeetingStatus
from panel.meetings import hold_meeting
from panel.models import Membership, PanelMeeting, User


def _take(meeting: PanelMeeting, *, by: User, now: datetime) -> tuple[PanelMeeting, Sitting]:
    permissions.check_conduct(by, on=local_day(now))
    row = lock(meeting)
    return row, sitting_of(row)


@workflow
def open_sitting(*, meeting: PanelMeeting, by: User, now: datetime) -> Sitting:
    """The meeting begins. On its day or later; open already: quiet."""
    meeting, sitting = _take(meeting, by=by, now=now)
    if sitting.stage == Stage.OPEN:
        return sitting
    target = SITTINGS.check(sitting.stage, "open").target
    if meeting.status == MeetingStatus.CANCELLED:
        raise WorkflowError("This meeting is cancelled.")
    if meeting.on > local_day(now):
        raise WorkflowError("This meeting lies ahead. It can be opened on its day.")
    sitting.stage, sitting.opened_by, sitting.opened_at = target, by, now
    sitting.save()
    note("opened", by=by, obj=meeting, meeting=meeting)
    return sitting


@workflow
def end_sitting(*, meeting: PanelMeeting, by: User, now: datetime) -> Sitting:
    """The meeting is over and marked as held; who was still there leaves. Ended already: quiet."""
    meeting, sitting = _take(meeting, by=by, now=now)
    if sitting.stage == Stage.ENDED:
        return sitting
    write(sitting, stage=SITTINGS.check(sitting.stage, "end").target, ended_by=by, ended_at=now)
    note("ended", by=by, obj=meeting, meeting=meeting)
    if meeting.status == MeetingStatus.PLANNED:
        hold_meeting(meeting=meeting, by=by, now=now)
    return sitting


@workflow
def resume_sitting(*, meeting: PanelMeeting, by: User, now: datetime) -> Sitting:
    """It was ended too early. Not once the minutes are drafted; open already: quiet."""
    meeting, sitting = _take(meeting, by=by, now=now)
    if sitting.stage == Stage.OPEN:
        return sitting
    target = SITTINGS.check(sitting.stage, "resume").target
    if Minutes.objects.filter(meeting=meeting).exists():
        raise WorkflowError("The minutes are drafted already. Correct them there.")
    write(sitting, stage=target, ended_by=None, ended_at=None)
    note("resumed", by=by, obj=meeting, meeting=meeting)
    return sitting


def _presence(meeting: PanelMeeting, seat: Membership, by: User, now: datetime) -> tuple[PanelMeeting, Presence]:
    meeting, _ = _take(meeting, by=by, now=now)
    check_capturing(meeting)
    if seat.pk not in {one.pk for one in may_attend(meeting)}:
        raise WorkflowError(f"{seat.user} does not belong to this meeting.")
    found = Presence.objects.select_for_update().filter(meeting=meeting, membership=seat).first()
    return meeting, found or Presence(meeting=meeting, membership=seat)


@workflow
def arrive(*, meeting: PanelMeeting, seat: Membership, by: User, now: datetime) -> Presence:
    """Somebody is in the room, or back in it. There already: quiet."""
    meeting, row = _presence(meeting, seat, by, now)
    if row.is_here:
        return row
    row.came_at, row.left_at = row.came_at or now, None
    return _save(row, "arrived", meeting, by, now)


@workflow
def leave(*, meeting: PanelMeeting, seat: Membership, by: User, now: datetime) -> Presence:
    """Somebody has gone for good. Not there: quiet."""
    meeting, row = _presence(meeting, seat, by, now)
    if not row.is_here:
        return row
    row.left_at = now
    return _save(row, "left", meeting, by, now)


@workflow
def apologise(*, meeting: PanelMeeting, seat: Membership, by: User, now: datetime) -> Presence:
    """Somebody sent apologies. Also takes back that they were there. Said already: quiet."""
    meeting, row = _presence(meeting, seat, by, now)
    if row.pk is not None and row.came_at is None:
        return row
    row.came_at = row.left_at = None
    return _save(row, "apologies", meeting, by, now)


def _save(row: Presence, verb: str, meeting: PanelMeeting, by: User, now: datetime) -> Presence:
    row.recorded_by, row.recorded_at = by, now
    row.save()
    note(verb, by=by, obj=row, meeting=meeting, who=str(row.membership.user))
    return row
