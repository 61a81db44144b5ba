"""Meetings at any stage, by the real workflow. All names are invented and must never leak."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from meetings import workflow
from meetings.models import AgendaItem, Invitation
from panel.meetings import plan_meeting
from panel.models import Membership, PanelMeeting
from panel.outlets import why_not
from panel.roles import Role
from tests.referrals.factories import person_with

ROOM = ("chair", "deputy_chair", "member", "second_member", "walled", "business_manager")


def working_day(after: date) -> date:
    return next(day for day in (after + timedelta(days=n) for n in range(1, 30)) if not why_not(day))


def planned(*, now=None, by=None, on=None, kind="ordinary", at=time(14), **more) -> PanelMeeting:
    now = now or timezone.now()
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    on = on or working_day(timezone.localdate(now))
    return plan_meeting(on=on, at=at, place="Room 1", kind=kind, by=by, now=now, **more)


def invited(meeting=None, *, now=None, by=None) -> PanelMeeting:
    now = now or timezone.now()
    meeting = meeting or planned(now=now)
    workflow.invite(meeting=meeting, by=by or person_with(Role.BUSINESS_MANAGER, now), now=now)
    return meeting


def invitation_of(meeting, person) -> Invitation:
    return Invitation.objects.select_related("meeting", "membership__user").get(
        meeting=meeting, membership__user=person
    )


def day_of(meeting, hour=14) -> datetime:
    """An instant of the meeting's day."""
    return timezone.make_aware(datetime.combine(meeting.on, time(hour)))


def seat(person) -> Membership:
    return person.memberships.select_related("user", "agency").get()


def sitting(cast, meeting=None, *, here=ROOM) -> PanelMeeting:
    """A meeting that sits, with these people in the room and what was due on its agenda."""
    meeting = meeting or invited()
    bm = cast.business_manager
    if meeting.items.count() == 0:
        workflow.assemble(meeting=meeting, by=bm, now=timezone.now())
    now = day_of(meeting)
    workflow.open_sitting(meeting=meeting, by=bm, now=now)
    for name in here:
        workflow.arrive(meeting=meeting, seat=seat(getattr(cast, name)), by=bm, now=now)
    return meeting


def item_of(meeting, **about) -> AgendaItem:
    return AgendaItem.objects.select_related("meeting", "referral").filter(meeting=meeting, **about).get()


def ended(cast, meeting=None, **more) -> PanelMeeting:
    meeting = sitting(cast, meeting, **more)
    workflow.end_sitting(meeting=meeting, by=cast.business_manager, now=day_of(meeting, 16))
    return meeting
