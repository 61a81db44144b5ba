"""From the invitation to the reply: calendar files, deputies, moves."""

from datetime import timedelta
from email import message_from_bytes

import pytest
import vobject
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from core.errors import NotPermitted, WorkflowError
from core.guard import workflow as guarded
from meetings import workflow
from meetings.models import Invitation
from meetings.people import deputy_use
from meetings.states import Reply
from notifications.delivery import compose
from notifications.models import Message
from panel.meetings import cancel_meeting, move_meeting
from tests.agency_returns.factories import enter, newest_token
from tests.meetings.factories import invitation_of, invited, planned, working_day

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def mails(kind, person):
    return list(Message.objects.filter(kind=kind, address=person.email).order_by("pk"))


def ics_of(message):
    return bytes(message.attachments.get().content)


def test_members_are_asked_once_and_their_deputies_not(cast):
    meeting = planned()
    assert workflow.invite(meeting=meeting, by=cast.business_manager, now=NOW) == 6
    assert workflow.invite(meeting=meeting, by=cast.business_manager, now=NOW) == 0
    asked = {one.membership.user for one in Invitation.objects.filter(meeting=meeting)}
    assert cast.member in asked
    assert not asked & {cast.deputy, cast.partner_la, cast.scrutineer, cast.invited}
    with pytest.raises(NotPermitted):
        workflow.invite(meeting=meeting, by=cast.member, now=NOW)


def test_the_executive_group_is_another_body(cast):
    meeting = invited(planned(kind="executive"))
    asked = {one.membership.user for one in Invitation.objects.filter(meeting=meeting)}
    assert asked == {
        cast.partner_la, cast.partner_icb, cast.partner_police, cast.chair, cast.deputy_chair, cast.business_manager
    }  # fmt: skip
    assert mails("meeting-invitation", cast.partner_la)[0].subject.startswith("Executive Group meeting on")


def test_two_parsers_read_the_calendar_file(cast):
    meeting = invited()
    message = mails("meeting-invitation", cast.member)[0]
    content = ics_of(message)
    one = Calendar.from_ical(content)
    event = one.walk("VEVENT")[0]
    other = vobject.readOne(content.decode())
    begins = event["dtstart"].dt
    assert timezone.localtime(begins).replace(tzinfo=None).isoformat() == f"{meeting.on}T14:00:00"
    assert other.vevent.dtstart.value == begins
    assert (str(one["method"]), other.method.value) == ("REQUEST", "REQUEST")
    assert (str(event["summary"]), other.vevent.summary.value) == ("Panel meeting", "Panel meeting")
    assert event["sequence"] == 0
    assert str(event["attendee"]) == f"mailto:{cast.member.email}"
    sent = message_from_bytes(compose(message).message().as_bytes())
    part = next(part for part in sent.walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"


def test_a_move_asks_again_with_a_higher_sequence_and_a_cancellation_ends_it(cast):
    meeting, bm = invited(), cast.business_manager
    workflow.decline(invitation=invitation_of(meeting, cast.member), by=cast.member, now=NOW)
    later = working_day(meeting.on + timedelta(days=1))
    move_meeting(meeting=meeting, on=later, at=meeting.at, reason="A rapid review.", by=bm, now=NOW)
    again = invitation_of(meeting, cast.member)
    assert (again.status, again.sequence, again.replied_at) == (Reply.INVITED, 1, None)
    assert invitation_of(meeting, cast.deputy).status == Reply.WITHDRAWN
    first, second = mails("meeting-invitation", cast.member)
    old, new = (Calendar.from_ical(ics_of(one)).walk("VEVENT")[0] for one in (first, second))
    assert (old["uid"], old["sequence"], new["sequence"]) == (new["uid"], 0, 1)
    assert new["dtstart"].dt.date() == later
    assert not mails("panel-meeting", cast.member)  # told once
    meeting.refresh_from_db()
    cancel_meeting(meeting=meeting, reason="Snow.", by=bm, now=NOW)
    cancelled = Calendar.from_ical(ics_of(mails("meeting-cancelled", cast.member)[-1]))
    event = cancelled.walk("VEVENT")[0]
    assert (str(cancelled["method"]), event["sequence"], str(event["status"])) == ("CANCEL", 2, "CANCELLED")
    assert not mails("panel-meeting", cast.member)


def test_the_named_deputy_is_asked_when_the_member_declines_and_not_when_they_come_after_all(cast):
    meeting = invited()
    mine = invitation_of(meeting, cast.member)
    workflow.decline(invitation=mine, words="On leave.", by=cast.member, now=NOW)
    called = invitation_of(meeting, cast.deputy)
    assert (called.called_for, called.status) == (mine, Reply.INVITED)
    assert "named deputy" in mails("meeting-invitation", cast.deputy)[0].text
    assert cast.member.name not in mails("meeting-invitation", cast.deputy)[0].text
    seat = mine.membership_id
    assert deputy_use([seat], meeting.on) == {seat: (1, 1)}
    workflow.accept(invitation=mine, by=cast.member, now=NOW)
    assert invitation_of(meeting, cast.deputy).status == Reply.WITHDRAWN
    assert len(mails("meeting-cancelled", cast.deputy)) == 1
    assert deputy_use([seat], meeting.on) == {seat: (0, 1)}
    workflow.decline(invitation=invitation_of(meeting, cast.second_member), by=cast.second_member, now=NOW)
    assert Invitation.objects.filter(meeting=meeting).count() == 7  # nobody is the deputy of the second member


def test_a_reply_by_link_needs_the_code_and_the_link_ends_with_the_meeting(cast):
    meeting = invited()
    token = newest_token("meeting-invitation", cast.member.email)
    url = reverse("meetings:link-reply", args=[token])
    assert Client().get(url).status_code == 302
    browser = enter(token, cast.member.email)
    assert "Will you come?" in browser.get(url).content.decode()
    page = browser.post(url, {"words": "Late train"})
    assert "Select yes or no" in page.content.decode()
    assert "Late train" in page.content.decode()
    assert browser.post(url, {"comes": "no", "words": "On leave"}).status_code == 302
    mine = invitation_of(meeting, cast.member)
    assert (mine.status, mine.replied_label) == (Reply.DECLINED, "Mel Sample, by link")
    cancel_meeting(meeting=meeting, reason="Snow.", by=cast.business_manager, now=NOW)
    assert browser.get(url).status_code == 404


def test_nobody_replies_for_another_but_who_plans_the_meetings(cast):
    mine = invitation_of(invited(), cast.member)
    with pytest.raises(NotPermitted):
        workflow.accept(invitation=mine, by=cast.second_member, now=NOW)
    workflow.accept(invitation=mine, by=cast.business_manager, now=NOW)
    mine.refresh_from_db()
    assert (mine.status, mine.replied_label) == (Reply.ACCEPTED, "Bea Example")


def test_a_meeting_that_was_held_takes_no_reply(cast):
    meeting = invited()
    cancel_meeting(meeting=meeting, reason="Snow.", by=cast.business_manager, now=NOW)
    with pytest.raises(WorkflowError, match="cancelled"):
        workflow.accept(invitation=invitation_of(meeting, cast.member), by=cast.member, now=NOW)


def test_the_database_wants_who_and_when_of_a_reply(cast):
    mine = invitation_of(invited(), cast.member)
    with pytest.raises(IntegrityError, match="meetings_replied_who_when"), transaction.atomic():
        guarded(Invitation.objects.filter(pk=mine.pk).update)(status=Reply.ACCEPTED)
