"""The draft is there ten working days before the Executive meets, once, whatever becomes of the runs."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from highlight_reports import workflow
from highlight_reports.models import ExecutiveMeeting, HighlightReport, ReportPractice
from highlight_reports.permissions import authors
from highlight_reports.states import Status
from notifications.models import Message
from tests.highlight_reports.factories import make_draft

MEETING = date(2027, 1, 14)  # a Thursday; between it and the draft lie Christmas, its substitute day and New Year's Day
DUE = date(2026, 12, 30)  # the tenth working day strictly before it


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("Europe/London"))),
]


def at(day, hour=6):
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def meeting(cast):
    return ExecutiveMeeting.objects.create(on=MEETING)


def test_on_the_tenth_working_day_before_and_not_the_day_before(cast, meeting):
    assert workflow.prepare_drafts(now=at(DUE - timedelta(days=1))) == []
    [report] = workflow.prepare_drafts(now=at(DUE))
    assert (report.status, report.meeting_on, report.assembled_by) == (Status.DRAFT, MEETING, None)
    assert report.period == (date(2026, 10, 30), date(2026, 12, 29))
    [mail] = Message.objects.filter(kind="highlight-report-prepared")
    assert mail.recipient == cast.business_manager
    assert timezone.localtime(mail.not_before).hour == 8, "not at six in the morning"
    [event] = Event.objects.filter(verb="report.prepared")
    assert event.sentence == "The system built the draft for the Executive meeting of 14 January 2027."


def test_a_missed_run_builds_late_a_doubled_one_nothing(cast, meeting):
    late = at(MEETING - timedelta(days=2))
    assert len(workflow.prepare_drafts(now=late)) == 1
    assert workflow.prepare_drafts(now=late) == []
    assert HighlightReport.objects.count() == Message.objects.filter(kind="highlight-report-prepared").count() == 1
    assert workflow.prepare_drafts(now=at(MEETING + timedelta(days=1))) == []


def test_a_draft_that_somebody_began_or_dropped_is_not_built_again(cast, meeting):
    mine = make_draft(meeting_on=MEETING, period_from=date(2026, 12, 1), period_to=date(2026, 12, 20), now=at(DUE))
    assert workflow.prepare_drafts(now=at(DUE)) == []
    workflow.discard(report=mine, by=cast.business_manager, now=at(DUE))
    assert workflow.prepare_drafts(now=at(DUE)) == []


def test_it_begins_where_the_last_report_ended(cast, meeting):
    make_draft(meeting_on=date(2026, 11, 12), period_from=date(2026, 9, 1), period_to=date(2026, 11, 5), now=at(DUE))
    [report] = workflow.prepare_drafts(now=at(DUE))
    assert report.period_from == date(2026, 11, 6)


def test_the_practice_is_the_partnerships_own(cast, meeting, sign_in):
    client = sign_in(cast.business_manager)
    url = reverse("admin:highlight_reports_reportpractice_change", args=[1])
    client.post(url, {"draft_days": 15, "remind_days": 3, "first_period_months": 3})
    [report] = workflow.prepare_drafts(now=at(date(2026, 12, 21)))
    assert report.period == (date(2026, 9, 21), date(2026, 12, 20))
    assert client.get(reverse("admin:highlight_reports_reportpractice_add")).status_code == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportPractice.objects.create(pk=2)


def test_who_submits_it_is_its_author_and_the_form_proposes_the_next_meeting(cast, meeting, sign_in, time_machine):
    time_machine.move_to(at(DUE))
    page = sign_in(cast.business_manager).get(reverse("highlight_reports:report-start")).content.decode()
    assert 'value="2027"' in page
    [report] = workflow.prepare_drafts(now=at(DUE))
    assert authors(report) == frozenset()
    workflow.submit(report=report, by=cast.business_manager, now=at(DUE, 12))
    workflow.approve(report=report, by=cast.chair, now=at(DUE, 13))
