"""Invitations, replies, an agenda and papers for the next meetings, and one that sat and has its minutes."""

from datetime import timedelta

from demo.days import Days
from demo.people import Cast
from meetings import workflow
from meetings.models import AgendaItem, Invitation
from meetings.people import may_attend
from meetings.workflow.capturing import Captured
from panel.choices import MeetingStatus
from panel.models import PanelMeeting
from panel.roles import Role

SAID = "The learning of the spring was shared with all schools. Two have asked for more."
AWAY = (Role.SAFEGUARDING_PARTNER, Role.NAMED_DEPUTY)


def build(cast: Cast, days: Days) -> None:
    """The Panel's last meeting with circulated minutes, and the next one as it stands a few weeks before."""
    _sat(cast, days)
    _coming(cast, days)


def _sat(cast: Cast, days: Days) -> None:
    meeting = PanelMeeting.objects.of_panel().filter(status=MeetingStatus.HELD).order_by("on").last()
    if meeting is None:
        return
    bm, at = cast.business_manager, days.at(meeting.on, 14)
    for title in ("Welcome, apologies, conflicts of interest", "Learning: what was shared", "Any other business"):
        workflow.add_item(meeting=meeting, title=title, by=bm, now=days.at(meeting.on, 9))
    workflow.open_sitting(meeting=meeting, by=bm, now=at)
    for seat in may_attend(meeting):
        if seat.role not in AWAY:
            workflow.arrive(meeting=meeting, seat=seat, by=bm, now=at)
    item = AgendaItem.objects.select_related("meeting").filter(meeting=meeting).order_by("position")[1]
    captured = Captured(discussion=SAID, decision="agreed", reasons="It costs one letter.")
    workflow.capture(item=item, captured=captured, version=1, by=bm, now=at + timedelta(minutes=20))
    workflow.end_sitting(meeting=meeting, by=bm, now=days.at(meeting.on, 16))
    minutes = workflow.draft_minutes(meeting=meeting, by=bm, now=days.at(meeting.on, 17))
    workflow.circulate_minutes(minutes=minutes, by=bm, now=days.at(meeting.on, 17))
    workflow.record_terms(
        reviewed_on=meeting.on, next_due_on=meeting.on + timedelta(days=365), outcome="Agreed without change.", by=bm,
        now=days.at(meeting.on, 17),
    )  # fmt: skip


def _coming(cast: Cast, days: Days) -> None:
    meeting = PanelMeeting.objects.of_panel().from_day(days.today).first()
    if meeting is None:
        return
    bm, now = cast.business_manager, days.now
    workflow.invite(meeting=meeting, by=bm, now=now)
    rows = Invitation.objects.filter(meeting=meeting).select_related("membership__user").order_by("pk")
    for number, row in enumerate(rows):
        if number % 4 == 0:
            workflow.accept(invitation=row, by=row.membership.user, now=now)
        elif number % 4 == 1:
            workflow.decline(invitation=row, words="At another meeting.", by=row.membership.user, now=now)
    workflow.assemble(meeting=meeting, by=bm, now=now)
    workflow.ask_packs(meeting=meeting, by=bm, now=now)
