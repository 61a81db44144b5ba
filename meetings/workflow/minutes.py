"""Minutes: drafted, corrected, circulated, approved by a later meeting."""

from datetime import datetime

from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from meetings import emails, permissions
from meetings.minutes.drafting import item_text, presence_text
from meetings.models import AgendaItem, MinuteEntry, Minutes
from meetings.states import MINUTES, MinutesStatus, Stage
from meetings.workflow.base import local_day, lock, note, stage_of, words, write
from panel.choices import MeetingKind
from panel.models import PanelMeeting, User

WHO_WAS_THERE = "Present and apologies"


class CorrectedMeanwhileError(Exception):
    """Somebody else corrected the same entry since; `saved` is what stands."""

    def __init__(self, saved: MinuteEntry) -> None:
        super().__init__(f"{saved.updated_by} saved this entry while you wrote. Look at both and save again.")
        self.saved = saved


@workflow
def draft_minutes(*, meeting: PanelMeeting, by: User, now: datetime) -> Minutes:
    """Make the draft from what was captured: every item, also those that `by` does not see. There already: quiet."""
    permissions.check_conduct(by, on=local_day(now))
    meeting = lock(meeting)
    there = Minutes.objects.filter(meeting=meeting).first()
    if there is not None:
        return there
    if stage_of(meeting) != Stage.ENDED:
        raise WorkflowError("End the meeting before its minutes are drafted.")
    minutes = Minutes(meeting=meeting, drafted_by=by, drafted_at=now)
    minutes.save()
    _entry(minutes, 0, WHO_WAS_THERE, presence_text(meeting), by, now)
    items = AgendaItem.objects.standing().filter(meeting=meeting).select_related("referral")
    for number, item in enumerate(items, start=1):
        _entry(minutes, number, item.title, item_text(item), by, now, item=item)
    note("minutes_drafted", by=by, obj=minutes, meeting=meeting)
    return minutes


def _entry(
    minutes: Minutes, position: int, heading: str, text: str, by: User, now: datetime, item: AgendaItem | None = None
) -> None:
    MinuteEntry(
        minutes=minutes, position=position, heading=heading, text=text, item=item, updated_by=by, updated_at=now
    ).save()  # fmt: skip


def _take(minutes: Minutes, verb: str, *, by: User, now: datetime) -> tuple[Minutes, str]:
    """The locked minutes, and the status to which `verb` takes them."""
    permissions.check_conduct(by, on=local_day(now))
    rows = Minutes.objects.select_for_update(of=("self",)).select_related("meeting")
    row: Minutes = rows.get(pk=minutes.pk)
    return row, MINUTES.check(row.status, verb).target


@workflow
def correct_entry(*, entry: MinuteEntry, text: str, version: int, by: User, now: datetime) -> MinuteEntry:
    """Put the words of an entry right. After circulation it is a draft again, to be circulated anew.

    CorrectedMeanwhileError where somebody else saved other words since; the same words are quiet.
    """
    minutes, target = _take(entry.minutes, "correct", by=by, now=now)
    rows = MinuteEntry.objects.select_for_update(of=("self",)).select_related("updated_by", "item__referral")
    row = rows.get(pk=entry.pk)
    if not MinuteEntry.objects.visible_to(by).filter(pk=row.pk).exists():
        raise NotPermitted("You do not have access to this entry.")
    text = words(text, "An entry cannot be empty.")
    if text == row.text:
        return row
    if version != row.version:
        raise CorrectedMeanwhileError(row)
    write(row, text=text, version=row.version + 1, updated_by=by, updated_at=now)
    write(minutes, status=target)
    reference = row.item.case_reference if row.item else ""
    note("minutes_corrected", by=by, obj=row, meeting=minutes.meeting, reference=reference, entry=row.heading)
    return row


@workflow
def circulate_minutes(*, minutes: Minutes, by: User, now: datetime) -> Minutes:
    """Ask everybody who was invited to look at the draft. With them already: quiet."""
    if Minutes.objects.filter(pk=minutes.pk, status=MinutesStatus.CIRCULATED).exists():
        permissions.check_conduct(by, on=local_day(now))
        return minutes
    row, target = _take(minutes, "circulate", by=by, now=now)
    write(row, status=target, circulated_by=by, circulated_at=now)
    note("minutes_circulated", by=by, obj=row, meeting=row.meeting)
    invited = row.meeting.invitations.standing().select_related("membership__user")
    for person in {one.membership.user for one in invited if one.membership.user.is_active}:
        emails.queue_minutes(row, person, now=now)
    return row


def approving(minutes: Minutes) -> list[PanelMeeting]:
    """The meetings that can approve: later ones of the same body that sit or sat."""
    mine = minutes.meeting
    later = PanelMeeting.objects.filter(on__gte=mine.on, sitting__stage__in=[Stage.OPEN, Stage.ENDED])
    later = later.exclude(pk=mine.pk)
    is_executive = mine.kind == MeetingKind.EXECUTIVE
    rows = later.filter(kind=MeetingKind.EXECUTIVE) if is_executive else later.of_panel()
    return [row for row in rows.order_by("on", "at") if (row.on, row.at) > (mine.on, mine.at)]


@workflow
def approve_minutes(*, minutes: Minutes, meeting: PanelMeeting, by: User, now: datetime) -> Minutes:
    """A later meeting has approved them: from now on nothing changes. By the same meeting again: quiet."""
    done = Minutes.objects.filter(pk=minutes.pk, approved_in=meeting).first()
    if done is not None:
        permissions.check_conduct(by, on=local_day(now))
        return done
    row, target = _take(minutes, "approve", by=by, now=now)
    if meeting.pk not in {one.pk for one in approving(row)}:
        raise WorkflowError("Minutes are approved by a later meeting of the same body, once it sits.")
    write(row, status=target, approved_by=by, approved_at=now, approved_in=meeting)
    note("minutes_approved", by=by, obj=row, meeting=row.meeting, approving=f"{meeting.on.day} {meeting.on:%B %Y}")
    return row
