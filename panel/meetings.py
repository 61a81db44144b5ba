"""Planning the meetings of the Panel: plan, move, hold, cancel. Members are told by mail, which names no case.

The terms of reference (section 3): alternate months, moved at short notice where a rapid review's time scale needs it.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils import timezone

from audit.workflow import record
from core.errors import WorkflowError
from core.guard import workflow
from core.letters import Letter
from notifications.workflow import queue
from panel import emails, outlets
from panel.choices import MeetingKind, MeetingStatus
from panel.models import PanelMeeting, User
from panel.people import holders
from panel.permissions import Permission, can, check
from panel.roles import PANEL_ROLES, Role
from panel.states import MEETINGS

EXECUTIVE = (Role.SAFEGUARDING_PARTNER, Role.CHAIR, Role.DEPUTY_CHAIR, Role.BUSINESS_MANAGER)
PLACE = "Say where the Panel meets, or how to join."


@workflow
def plan_meeting(
    *,
    on: date,
    at: time,
    place: str,
    is_online: bool = False,
    kind: MeetingKind = MeetingKind.ORDINARY,
    reason: str = "",
    by: User,
    now: datetime,
) -> PanelMeeting:
    """Plan a meeting on the working day `on`; an extraordinary one with its reason. The same one twice is quiet."""
    _check(by, now)
    there = PanelMeeting.objects.select_for_update().on_day(on).filter(at=at).first()
    if there is not None and (there.place, there.kind) == (place.strip(), kind):
        return there
    _check_day(on, at, now)
    meeting = PanelMeeting(
        on=on, at=at, place=_words(place, PLACE), is_online=is_online, kind=kind, planned_by=by, planned_at=now,
        reason=_words(reason, "Say why the meeting is needed.") if kind == MeetingKind.EXTRAORDINARY else "",
    )  # fmt: skip
    meeting.save()
    record("meeting.planned", by=by, obj=meeting, kind=meeting.get_kind_display().lower(), on=_spoken(meeting))
    if kind == MeetingKind.EXTRAORDINARY:
        _tell(emails.meeting(meeting, "planned"), meeting, by=by, now=now)
    return meeting


@workflow
def move_meeting(*, meeting: PanelMeeting, on: date, at: time, reason: str, by: User, now: datetime) -> PanelMeeting:
    """Move a planned meeting to another working day or hour; the members are told. There already: quiet."""
    _check(by, now)
    meeting = _locked(meeting)
    MEETINGS.check(meeting.status, "move")
    if (meeting.on, meeting.at) == (on, at):
        return meeting
    _check_day(on, at, now, but=meeting)
    was = meeting.on
    meeting.move_reason = _words(reason, "Say why the meeting is moved.")
    meeting.moved_from, meeting.on, meeting.at = was, on, at
    meeting.save(update_fields=["on", "at", "moved_from", "move_reason"])
    record("meeting.moved", by=by, obj=meeting, was=_day(was), on=_spoken(meeting), text=meeting.move_reason)
    _tell(emails.meeting(meeting, "moved"), meeting, by=by, now=now)
    return meeting


@workflow
def hold_meeting(*, meeting: PanelMeeting, by: User, now: datetime) -> PanelMeeting:
    """The Panel has met. Done already: quiet."""
    _check(by, now)
    meeting = _locked(meeting)
    if meeting.status == MeetingStatus.HELD:
        return meeting
    MEETINGS.check(meeting.status, "hold")
    if meeting.on > timezone.localdate(now):
        raise WorkflowError("This meeting lies ahead. It can be marked as held on its day.")
    meeting.status = MeetingStatus.HELD
    meeting.save(update_fields=["status"])
    record("meeting.held", by=by, obj=meeting, on=_spoken(meeting))
    return meeting


@workflow
def cancel_meeting(*, meeting: PanelMeeting, reason: str, by: User, now: datetime) -> PanelMeeting:
    """The Panel does not meet; the members are told. Done already: quiet."""
    _check(by, now)
    meeting = _locked(meeting)
    if meeting.status == MeetingStatus.CANCELLED:
        return meeting
    MEETINGS.check(meeting.status, "cancel")
    meeting.cancel_reason = _words(reason, "Say why the meeting is cancelled.")
    meeting.status = MeetingStatus.CANCELLED
    meeting.save(update_fields=["status", "cancel_reason"])
    record("meeting.cancelled", by=by, obj=meeting, on=_spoken(meeting), text=meeting.cancel_reason)
    if meeting.on >= timezone.localdate(now):
        _tell(emails.meeting(meeting, "cancelled"), meeting, by=by, now=now)
    return meeting


def verbs_for(user: User, meeting: PanelMeeting, *, on: date) -> frozenset[str]:
    """What the page may offer `user` now."""
    if not can(user, Permission.PLAN_MEETINGS, on=on):
        return frozenset()
    found = {verb for verb in MEETINGS.verbs if MEETINGS.find(meeting.status, verb)}
    return frozenset(found - {"hold"} if meeting.on > on else found)


def members(on: date, kind: str = MeetingKind.ORDINARY) -> Sequence[User]:
    """Who is told of a meeting: everybody on the Panel, deputies too; of the Executive Group's, those who attend it."""
    return list(holders(*(EXECUTIVE if kind == MeetingKind.EXECUTIVE else PANEL_ROLES), on=on))


def _check(by: User, now: datetime) -> None:
    check(by, Permission.PLAN_MEETINGS, on=timezone.localdate(now))


def _check_day(on: date, at: time, now: datetime, *, but: PanelMeeting | None = None) -> None:
    if on < timezone.localdate(now):
        raise WorkflowError("That day has passed. Choose a day that lies ahead.")
    why_not = outlets.why_not(on)
    if why_not:
        raise WorkflowError(f"{_day(on)} is no working day ({why_not}). Choose another day.")
    taken = PanelMeeting.objects.on_day(on).filter(at=at)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise WorkflowError(f"Another meeting is planned for {at:%H:%M} on {_day(on)}.")


def _locked(meeting: PanelMeeting) -> PanelMeeting:
    found: PanelMeeting = PanelMeeting.objects.select_for_update().get(pk=meeting.pk)
    return found


def _tell(letter: Letter, meeting: PanelMeeting, *, by: User, now: datetime) -> None:
    told = outlets.announce(meeting, by=by, now=now)
    for person in members(timezone.localdate(now), meeting.kind):
        if person.pk in told:
            continue
        key = f"{letter.kind}:{meeting.pk}:{now.isoformat()}:{person.pk}"
        queue(letter, key=key, to=person, not_before=outlets.send_at(now))


def _words(text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise WorkflowError(missing)
    return text


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _spoken(meeting: PanelMeeting) -> str:
    return f"{_day(meeting.on)} at {meeting.at:%H:%M}"
