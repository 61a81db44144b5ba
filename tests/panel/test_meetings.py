"""Planned meetings of the Panel: planned, moved, held, cancelled; the members are told by nameless mail."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Event
from core.attention import collect
from core.errors import InvalidTransition, NotPermitted, UnguardedWrite, WorkflowError
from core.guard import workflow as guarded
from notifications.models import Message
from panel import meetings
from panel.choices import MeetingKind, MeetingStatus
from panel.models import KeptForm, PanelMeeting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))
DAY, AT = date(2026, 12, 8), time(14)
EXTRA = MeetingKind.EXTRAORDINARY


def plan(by, on=DAY, at=AT, **more):
    return meetings.plan_meeting(**{"on": on, "at": at, "place": "Room 1", "by": by, "now": NOW} | more)


def mails(what):
    return Message.objects.filter(kind="panel-meeting", subject__startswith=f"Panel meeting {what}")


def test_an_ordinary_meeting_tells_nobody_an_extraordinary_one_the_whole_panel(cast):
    plan(cast.business_manager)
    assert not mails("planned").exists()
    plan(cast.chair, on=date(2026, 12, 9), kind=EXTRA, reason="Kit’s review is due.")
    told = {mail.recipient for mail in mails("planned")}
    assert told >= {cast.chair, cast.member, cast.deputy, cast.business_manager}
    assert not told & {cast.partner_la, cast.invited, cast.outsider}
    text = "".join(mail.subject + mail.text for mail in mails("planned"))
    assert "9 December 2026" in text
    assert "Kit" not in text  # what was typed stands on the page only
    assert Event.objects.filter(verb="meeting.planned").count() == 2


def test_mail_about_a_meeting_keeps_quiet_hours(cast, time_machine):
    night = NOW.replace(hour=23)
    time_machine.move_to(night)
    plan(cast.chair, kind=EXTRA, reason="Needed.", now=night)
    opening = datetime(2026, 11, 24, 8, 0, tzinfo=ZoneInfo("Europe/London"))
    assert {mail.not_before for mail in mails("planned")} == {opening}


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2026, 12, 25), "no working day"),
        (date(2026, 12, 28), "no working day"),  # a substitute day
        (date(2026, 12, 5), "Saturday"),
        (date(2026, 11, 20), "has passed"),
    ],
)
def test_a_day_on_which_nobody_works_is_refused_with_its_name(cast, on, sentence):
    with pytest.raises(WorkflowError, match=sentence):
        plan(cast.business_manager, on=on)


def test_the_same_twice_is_quiet_another_at_that_hour_refused(cast):
    first = plan(cast.business_manager)
    assert plan(cast.business_manager).pk == first.pk
    with pytest.raises(WorkflowError, match="Another meeting"):
        plan(cast.business_manager, place="Room 2")
    with pytest.raises(WorkflowError, match="Say why the meeting is needed"):
        plan(cast.business_manager, at=time(9), kind=EXTRA)


def move(meeting, by, on=date(2026, 12, 10), reason="The date of a review"):
    return meetings.move_meeting(meeting=meeting, on=on, at=AT, reason=reason, by=by, now=NOW)


def test_moved_it_says_from_where_and_why(cast):
    meeting = move(plan(cast.business_manager), cast.chair)
    assert (meeting.on, meeting.moved_from, meeting.move_reason) == (date(2026, 12, 10), DAY, "The date of a review")
    text = mails("moved").first().text
    assert "moved from Tuesday 8 December 2026" in text
    assert "The date of a review" not in text
    before = mails("moved").count()
    move(meeting, cast.chair)  # a double click
    assert mails("moved").count() == before
    with pytest.raises(WorkflowError, match="Say why"):
        move(meeting, cast.chair, on=date(2026, 12, 11), reason=" ")


def test_held_on_its_day_and_then_nothing_else(cast):
    meeting = plan(cast.business_manager)
    with pytest.raises(WorkflowError, match="lies ahead"):
        meetings.hold_meeting(meeting=meeting, by=cast.business_manager, now=NOW)
    there = NOW.replace(month=12, day=8, hour=17)
    for _ in range(2):
        assert meetings.hold_meeting(meeting=meeting, by=cast.chair, now=there).status == MeetingStatus.HELD
    for change in (
        lambda: move(meeting, cast.chair),
        lambda: meetings.cancel_meeting(meeting=meeting, reason="No", by=cast.chair, now=there),
    ):
        with pytest.raises(InvalidTransition):
            change()


def test_cancelled_the_members_are_told_and_the_hour_is_free(cast):
    meeting = plan(cast.business_manager)
    for _ in range(2):
        meetings.cancel_meeting(meeting=meeting, reason="Nothing to discuss", by=cast.chair, now=NOW)
    assert mails("cancelled").filter(recipient=cast.member).count() == 1
    assert plan(cast.business_manager).pk != meeting.pk


def test_only_the_leaders_plan(cast):
    meeting = plan(cast.deputy_chair)
    for person in (cast.member, cast.deputy, cast.partner_la, cast.scrutineer, cast.outsider):
        with pytest.raises(NotPermitted):
            plan(person, at=time(9))
        with pytest.raises(NotPermitted):
            move(meeting, person)
        assert meetings.verbs_for(person, meeting, on=NOW.date()) == frozenset()
    assert meetings.verbs_for(cast.chair, meeting, on=NOW.date()) == {"move", "cancel"}
    assert meetings.verbs_for(cast.chair, meeting, on=DAY) == {"move", "cancel", "hold"}


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"moved_from": DAY}, "moved_from_and_why"),
        ({"status": "cancelled"}, "cancelled_and_why"),
        ({"kind": "extraordinary"}, "extraordinary_meeting_has_a_reason"),
    ],
)
def test_the_database_refuses_nonsense(cast, values, name):
    meeting = plan(cast.business_manager)
    with pytest.raises(UnguardedWrite):
        meeting.save()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        guarded(PanelMeeting.objects.filter(pk=meeting.pk).update)(**values)


def sentences(now):
    return [item.text for section in collect(now) if section.title == "People and agencies" for item in section.items]


def test_attention_misses_the_alternate_month_and_what_was_not_said(cast):
    assert "No meeting of the Panel is planned in the next two months." in sentences(NOW)
    plan(cast.business_manager)
    assert not any("meeting" in text for text in sentences(NOW))
    after = sentences(NOW.replace(month=12, day=9))
    assert "Was the Panel’s meeting held? 1 planned ones have passed." in after


def test_pages_plan_move_and_keep_what_was_typed(cast, sign_in, time_machine):
    time_machine.move_to(NOW)
    client = sign_in(cast.business_manager)
    data = {"kind": "extraordinary", "on_0": "25", "on_1": "12", "on_2": "2026", "at": "14:00", "place": "Room 1"}
    page = client.post(reverse("panel:meeting-plan"), data).content.decode()
    assert "Say why the meeting is needed" in page
    page = client.post(reverse("panel:meeting-plan"), data | {"reason": "Kept words"}).content.decode()
    assert "is no working day (Christmas Day)" in page
    assert "Kept words" in page
    response = client.post(reverse("panel:meeting-plan"), data | {"reason": "Kept words", "on_0": "8"})
    assert response.url == reverse("panel:meeting-list")
    meeting = PanelMeeting.objects.get()
    assert "Kept words" in sign_in(cast.partner_la).get(response.url).content.decode()
    to = {"on_0": "10", "on_1": "12", "on_2": "2026", "at": "15.30", "reason": "Why"}
    assert client.post(reverse("panel:meeting-move", args=[meeting.pk]), to).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.on, meeting.at) == (date(2026, 12, 10), time(15, 30))
    client.post(f"{reverse('panel:typed-keep')}?path={reverse('panel:meeting-cancel', args=[meeting.pk])}",
                {"reason": "Half a rea"})  # fmt: skip
    assert KeptForm.objects.count() == 1
    assert "Half a rea" in client.get(reverse("panel:meeting-cancel", args=[meeting.pk])).content.decode()


def test_the_admin_site_plans_by_the_workflow_and_changes_nothing(cast, sign_in, time_machine):
    time_machine.move_to(NOW)
    client = sign_in(cast.business_manager)
    data = {"kind": "ordinary", "reason": "", "on": "2026-12-08", "at": "14:00", "place": "Room 1"}
    assert client.post(reverse("admin:panel_panelmeeting_add"), data).status_code == 302
    meeting = PanelMeeting.objects.get()
    assert meeting.planned_by == cast.business_manager
    change = reverse("admin:panel_panelmeeting_change", args=[meeting.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, data | {"place": "Elsewhere"}).status_code == 403
    page = client.post(reverse("admin:panel_panelmeeting_add"), data | {"on": "2026-12-25"}, follow=True)
    assert "no working day" in page.content.decode()
