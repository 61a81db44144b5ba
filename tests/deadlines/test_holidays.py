"""Bank holidays that come and go. Trap 4: running clocks move, finished ones do not, people are told."""

from datetime import date

import pytest
from django.core.management import call_command

from core.errors import UnguardedWrite, WorkflowError
from core.guard import workflow
from deadlines import calendar
from deadlines.calendar import CalendarDoesNotReach
from deadlines.models import BankHoliday, CalendarYear, Clock
from deadlines.sweep import sweep
from deadlines.workflow import add_year, complete_clock, proclaim_holiday, remove_holiday
from tests.deadlines.factories import RecordingOwner, at, registered, running_clock

pytestmark = pytest.mark.django_db
DAY, NOW = date(2026, 11, 12), at("2026-11-09")


def proclaim(day=DAY, reason="Order in Council of 8 November 2026."):
    return proclaim_holiday(date=day, title="Day of national mourning", reason=reason, by=None, now=NOW)


@pytest.fixture
def owner():
    with registered("rapid-review", RecordingOwner({})) as found:
        yield found


def test_trap_4_a_late_proclamation_moves_running_clocks_only(owner):
    done = running_clock(label="CSPR-2026-001", trigger="2026-10-20")
    done = complete_clock(clock=done, on=date(2026, 11, 6), by=None, now=at("2026-11-06"))
    running = running_clock(label="CSPR-2026-002")
    untouched = running_clock(label="CSPR-2026-003", trigger="2026-11-13")
    months = running_clock(code="lcspr-publish", label="CSPR-2026-004")
    proclaim()
    for clock in (running, untouched, months):
        clock.refresh_from_db()
    assert running.due_on == date(2026, 11, 24)
    revision = running.revisions.get()
    assert (revision.old_due_on, revision.new_due_on) == (date(2026, 11, 23), date(2026, 11, 24))
    assert revision.reason == (
        "12 November 2026 is a bank holiday: Day of national mourning. Order in Council of 8 November 2026."
    )
    assert owner.told == [revision]
    assert revision.told_at == NOW
    assert not untouched.revisions.exists()
    assert not months.revisions.exists()
    kept = Clock.objects.get(pk=done.pk)
    assert (kept.due_on, kept.explanation) == (done.due_on, done.explanation)


def test_the_stricter_reading_moves_along():
    clock = running_clock(stricter_trigger_on=date(2026, 10, 30), stricter_reason="Counted from awareness.")
    proclaim()
    clock.refresh_from_db()
    assert clock.stricter_due_on == date(2026, 11, 23)


def test_removing_moves_back_and_needs_a_reason(owner):
    clock = running_clock()
    proclaim()
    with pytest.raises(WorkflowError, match="reason"):
        remove_holiday(date=DAY, reason="", by=None, now=NOW)
    for _ in range(2):  # the second time is quiet
        remove_holiday(date=DAY, reason="Entered by mistake.", by=None, now=NOW)
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 11, 23)
    assert [revision.new_due_on.day for revision in owner.told] == [24, 23]


def test_proclaiming_twice_is_quiet():
    clock = running_clock()
    assert proclaim() == proclaim()
    assert clock.revisions.count() == 1


def test_a_holiday_on_a_weekend_moves_nothing():
    clock = running_clock()
    proclaim(date(2026, 11, 14))
    assert not clock.revisions.exists()


def test_a_failing_owner_does_not_stop_the_dates_and_is_tried_again(owner, caplog):
    clock = running_clock()
    owner.fails = True
    proclaim()
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 11, 24)
    assert clock.revisions.get().told_at is None
    assert "the sweep tries again" in caplog.text
    owner.fails = False
    assert sweep(now=at("2026-11-10")).told == 1
    assert owner.told == [clock.revisions.get()]
    assert sweep(now=at("2026-11-10", 11)).told == 0


def test_nothing_moves_where_one_clock_would_leave_the_calendar():
    """One transaction: all clocks or none, and the day is not entered either."""
    first, last = running_clock(), running_clock(trigger="2028-12-06", label="CSPR-2028-001")
    assert last.due_on == date(2028, 12, 29)
    with pytest.raises(CalendarDoesNotReach, match="Add the bank holidays of 2029"):
        proclaim(date(2028, 12, 7))
    assert not BankHoliday.objects.filter(date=date(2028, 12, 7)).exists()
    assert not first.revisions.exists()


def test_holidays_are_written_by_the_workflow_only():
    with pytest.raises(UnguardedWrite):
        BankHoliday.objects.create(date=DAY, title="Quietly")
    with pytest.raises(UnguardedWrite):
        BankHoliday.objects.all().delete()


def test_the_calendar_is_read_anew_each_time():
    """Not once at boot."""
    assert calendar.current().is_working_day(DAY)
    proclaim()
    assert not calendar.current().is_working_day(DAY)


def test_a_gap_in_the_known_years_ends_the_calendar():
    workflow(lambda: CalendarYear.objects.filter(year=2020).delete())()
    assert (calendar.current().first, calendar.current().last) == (2021, 2028)


def test_a_year_is_added_only_when_its_days_are_entered():
    with pytest.raises(WorkflowError, match="0 bank holidays of 2029 are entered"):
        add_year(year=2029, note="GOV.UK", by=None, now=NOW)


def test_an_empty_calendar_says_what_to_do():
    workflow(lambda: CalendarYear.objects.all().delete())()
    with pytest.raises(CalendarDoesNotReach, match="load_bank_holidays"):
        calendar.current()


def test_the_command_adds_what_is_missing_and_keeps_what_was_entered(capsys):
    proclaim()
    remove_holiday(date=date(2026, 12, 28), reason="To be loaded again.", by=None, now=NOW)
    call_command("load_bank_holidays", "--dry-run")
    assert "Would add 2026-12-28 Boxing Day (substitute day)\n1 bank holidays would be added" in capsys.readouterr().out
    assert not BankHoliday.objects.filter(date=date(2026, 12, 28)).exists()
    clock = running_clock(trigger="2026-12-14")
    call_command("load_bank_holidays")
    out = capsys.readouterr().out
    assert "Added 2026-12-28" in out
    assert "Kept 2026-11-12" in out
    assert "1 bank holidays and 0 years added, 1 running clocks moved" in out
    clock.refresh_from_db()
    assert clock.due_on == date(2027, 1, 7)


def test_the_command_fills_an_empty_calendar(capsys):
    workflow(lambda: (CalendarYear.objects.all().delete(), BankHoliday.objects.all().delete()))()
    call_command("load_bank_holidays")
    assert "140 bank holidays and 17 years added, 0 running clocks moved." in capsys.readouterr().out
    assert (calendar.current().first, calendar.current().last) == (2012, 2028)
