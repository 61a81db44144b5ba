"""The plan of a year, attendance, the terms of reference."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from deadlines.working_days import WorkingCalendar
from meetings import workflow
from meetings.attendance import attendance
from meetings.models import TermsReview
from meetings.year import propose
from panel.models import PanelMeeting
from tests.cast import sign_in
from tests.meetings.factories import day_of, seat, sitting

CALENDAR = WorkingCalendar(
    {date(2027, 5, 3): "Early May bank holiday", date(2027, 8, 30): "Summer bank holiday"}, 2027, 2027
)


def test_a_year_is_planned_round_bank_holidays_in_alternate_months():
    found = list(propose(date(2027, 1, 1), week=1, weekday=0, calendar=CALENDAR))
    assert [one.on for one in found] == [
        date(2027, 1, 4), date(2027, 3, 1), date(2027, 5, 4), date(2027, 7, 5), date(2027, 9, 6), date(2027, 11, 1)
    ]  # fmt: skip
    moved = found[2]
    assert (moved.instead_of, moved.why) == (date(2027, 5, 3), "Early May bank holiday")
    assert moved.label == "Tuesday 4 May 2027 – instead of Monday 3 May: Early May bank holiday"
    assert found[0].instead_of is None


def test_no_day_is_proposed_before_the_first_or_past_the_known_years():
    found = [one.on for one in propose(date(2027, 9, 20), week=2, weekday=1, every=1, count=9, calendar=CALENDAR)]
    assert found == [date(2027, 10, 12), date(2027, 11, 9), date(2027, 12, 14)]


@pytest.mark.django_db
def test_the_days_are_proposed_chosen_and_planned(cast):
    first = timezone.localdate() + timedelta(days=1)
    rule = {
        "kind": "executive", "first_0": first.day, "first_1": first.month, "first_2": first.year, "week": 2,
        "weekday": 1, "every": 1, "count": 4, "at": "10:00", "place": "Room 1",
    }  # fmt: skip
    client, url = sign_in(cast.business_manager), reverse("meetings:year")
    wrong = client.post(url, rule | {"every": "often"}).content.decode()
    assert "Error:" in wrong
    assert 'value="Room 1"' in wrong
    page = client.post(url, rule)
    days = [one.on.isoformat() for one in page.context["proposed"]]
    assert len(days) >= 3
    assert not PanelMeeting.objects.exists()
    assert "Choose at least one day" in client.post(url, rule | {"chosen": "1"}).content.decode()
    assert client.post(url, rule | {"chosen": "1", "days": days[:2]}).status_code == 302
    assert [(m.on.isoformat(), m.kind) for m in PanelMeeting.objects.all()] == [(d, "executive") for d in days[:2]]
    assert not PanelMeeting.objects.of_panel().exists()


@pytest.mark.django_db
def test_attendance_by_agency_tells_members_from_deputies(cast):
    meeting = sitting(cast, here=("chair", "deputy"))
    workflow.apologise(meeting=meeting, seat=seat(cast.member), by=cast.business_manager, now=day_of(meeting))
    workflow.apologise(meeting=meeting, seat=seat(cast.walled), by=cast.business_manager, now=day_of(meeting))
    found = {row.agency.short_name: list(row.cells) for row in attendance(meeting.on).rows}
    assert found == {
        "ICB": ["Member"], "Schools": ["Deputy"], "Police": ["Apologies"], "Council": ["Nobody"], "Hospital": ["Nobody"]
    }  # fmt: skip


@pytest.mark.django_db
def test_the_terms_are_under_review_with_their_document(cast):
    today = timezone.localdate()
    due = today + timedelta(days=365)
    client, url = sign_in(cast.business_manager), reverse("meetings:terms-record")
    data = {
        "reviewed_on_0": today.day, "reviewed_on_1": today.month, "reviewed_on_2": today.year,
        "next_due_on_0": today.day, "next_due_on_1": today.month, "next_due_on_2": today.year, "outcome": "Agreed.",
    }  # fmt: skip
    assert "must come after" in client.post(url, data).content.decode()
    data |= {"next_due_on_0": due.day, "next_due_on_1": due.month, "next_due_on_2": due.year}
    bad = client.post(url, data | {"file": SimpleUploadedFile("terms.exe", b"MZ\x90")})
    assert (bad.status_code, TermsReview.objects.count()) == (200, 0)
    assert (
        client.post(url, data | {"file": SimpleUploadedFile("terms.txt", b"Terms of reference\n")}).status_code == 302
    )
    row = TermsReview.objects.get()
    download = reverse("documents:document-download", args=[row.document.key])
    reader = sign_in(cast.partner_la)
    assert str(due.year) in reader.get(reverse("meetings:terms")).content.decode()
    assert b"".join(reader.get(download).streaming_content) == b"Terms of reference\n"
    assert sign_in(cast.contributor).get(download).status_code == 404
