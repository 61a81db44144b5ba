"""What every step does first: lock, then ask who may and what the table says."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from audit.workflow import record
from core.errors import WorkflowError
from meetings import permissions
from meetings.models import AgendaItem, Minutes, Sitting
from meetings.states import Stage
from panel.choices import MeetingStatus
from panel.models import PanelMeeting, User


def local_day(now: datetime) -> date:
    return timezone.localdate(now)


def lock(meeting: PanelMeeting) -> PanelMeeting:
    found: PanelMeeting = PanelMeeting.objects.select_for_update().get(pk=meeting.pk)
    return found


def planned(meeting: PanelMeeting) -> PanelMeeting:
    """The locked meeting, which is still to be held."""
    row = lock(meeting)
    if row.status != MeetingStatus.PLANNED:
        raise WorkflowError(f"This meeting is {row.get_status_display().lower()}.")
    return row


def stage_of(meeting: PanelMeeting) -> str:
    sitting = Sitting.objects.filter(meeting=meeting).first()
    return sitting.stage if sitting else Stage.PREPARING


def sitting_of(meeting: PanelMeeting) -> Sitting:
    """The locked sitting; not saved yet where nothing was opened."""
    found = Sitting.objects.select_for_update().filter(meeting=meeting).first()
    return found or Sitting(meeting=meeting)


def check_capturing(meeting: PanelMeeting) -> None:
    """Between the opening of a sitting and the drafting of its minutes things are captured."""
    if stage_of(meeting) == Stage.PREPARING:
        raise WorkflowError("Open the meeting first.")
    if Minutes.objects.filter(meeting=meeting).exists():
        raise WorkflowError("The minutes are drafted already. Correct them there.")


def take_item(item: AgendaItem, *, by: User, now: datetime) -> AgendaItem:
    """The locked item, if `by` keeps the minutes, sees it, and the meeting sits."""
    related = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting", "referral", "updated_by")
    row: AgendaItem = related.get(pk=item.pk)
    permissions.check_item(by, row, on=local_day(now))
    check_capturing(row.meeting)
    return row


def write(row: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields])


def note(verb: str, *, by: User | None, obj: Any, meeting: PanelMeeting, reference: str = "", **details: Any) -> None:
    """Audit `meetings.<verb>`; what is about a case goes under its reference, behind its walls."""
    on = f"{meeting.on.day} {meeting.on:%B %Y}"
    record(f"meetings.{verb}", by=by, obj=obj, reference=reference, body=meeting.body, on=on, **details)


def words(text: str, missing: str) -> str:
    """`text` with plain line ends and no spaces around it; WorkflowError with `missing` where nothing is left."""
    text = plain(text)
    if not text:
        raise WorkflowError(missing)
    return text


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
