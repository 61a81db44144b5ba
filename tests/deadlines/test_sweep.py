"""The sweep. Traps 3, 5 and 8: a dry run, a missed run, a doubled run, and nights."""

import threading
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.guard import workflow
from deadlines import tasks
from deadlines.choices import Anchor, ReminderState
from deadlines.models import Clock, LadderStep, Reminder
from deadlines.sweep import sweep
from deadlines.workflow import complete_clock, correct_trigger, proclaim_holiday, start_milestones
from tests.cast import make_cast
from tests.deadlines.factories import RecordingOwner, at, registered, reseed, running_clock


@pytest.fixture
def owner(cast):
    people = {
        "lead": [cast.member],
        "business_manager": [cast.business_manager],
        "chair": [cast.chair],
        "executive": [cast.partner_la],
    }
    with registered("rapid-review", RecordingOwner(people)) as found:
        yield found


def sent(owner):
    """What was handed over since the last look: (headline, first name of the recipient)."""
    letters = [(reminder.headline, reminder.recipient.name.split()[0]) for reminder in owner.reminded]
    owner.reminded.clear()
    return letters


def test_the_ladder_of_a_rapid_review_day_by_day(owner):
    """Days 5, 10, 12, 14, due, each day late: the lead, then the business manager, the chair, the Executive."""
    running_clock()
    told = {}
    day = date(2026, 11, 2)
    while day <= date(2026, 11, 26):
        sweep(now=at(day))
        if letters := sent(owner):
            told[day.day] = letters
        day += timedelta(days=1)
    assert told == {
        9: [("day 5 of 15", "Mel")],
        16: [("day 10 of 15", "Mel"), ("day 10 of 15", "Bea")],
        18: [("day 12 of 15", "Mel"), ("day 12 of 15", "Bea"), ("day 12 of 15", "Cora")],
        20: [("day 14 of 15", "Mel"), ("day 14 of 15", "Bea"), ("day 14 of 15", "Cora")],
        23: [("due today", "Mel"), ("due today", "Bea"), ("due today", "Cora")],
        24: [("1 working day late", name) for name in ("Mel", "Bea", "Cora", "Lou")],
        25: [("2 working days late", name) for name in ("Mel", "Bea", "Cora")],
        26: [("3 working days late", name) for name in ("Mel", "Bea", "Cora")],
    }


def test_each_day_late_means_working_days(owner):
    running_clock()
    sweep(now=at("2026-11-27"))  # Friday
    sent(owner)
    for day in ("2026-11-28", "2026-11-29"):
        sweep(now=at(day))
    assert sent(owner) == []
    sweep(now=at("2026-11-30"))
    assert ("5 working days late", "Mel") in sent(owner)


def test_trap_5_a_doubled_run_sends_nothing_twice(owner):
    running_clock()
    for minute in range(5):
        sweep(now=at("2026-11-09", 10, minute))
    assert sent(owner) == [("day 5 of 15", "Mel")]
    assert Reminder.objects.count() == 1


def test_trap_5_after_an_outage_only_the_latest_step_is_sent(owner):
    """No flood: the earlier ones stand in the ledger as superseded, and nothing is lost."""
    running_clock()
    sweep(now=at("2026-11-09"))
    sent(owner)
    sweep(now=at("2026-11-26"))
    assert sent(owner) == [("3 working days late", "Mel"), ("3 working days late", "Bea"),
                           ("3 working days late", "Cora"), ("3 working days late", "Lou")]  # fmt: skip
    lead = Reminder.objects.filter(recipient__name="Mel Sample").order_by("occurs_on")
    assert [(row.occurs_on.day, row.state) for row in lead] == [
        (9, "sent"), (16, "superseded"), (18, "superseded"), (20, "superseded"), (23, "superseded"),
        (24, "superseded"), (25, "superseded"), (26, "sent"),
    ]  # fmt: skip


def test_a_person_with_two_roles_gets_one_reminder(owner, cast):
    owner.everybody = {"lead": [cast.chair], "business_manager": [cast.chair], "chair": [cast.chair]}
    running_clock()
    sweep(now=at("2026-11-23"))
    assert sent(owner) == [("due today", "Cora")]


def test_a_lead_found_later_is_told_then(owner, cast):
    owner.everybody = {"business_manager": [cast.business_manager]}
    running_clock()
    sweep(now=at("2026-11-17"))
    assert sent(owner) == [("day 11 of 15", "Bea")]
    owner.everybody |= {"lead": [cast.second_member]}
    sweep(now=at("2026-11-17", 11))
    assert sent(owner) == [("day 11 of 15", "Sol")]


def test_trap_3_a_dry_run_changes_no_row(owner, capsys, time_machine_at):
    running_clock()
    time_machine_at("2026-11-16")
    call_command("sweep", "--dry-run")
    out = capsys.readouterr().out
    assert "Would send: CSPR-2026-001 rapid-review, day 10 of 15, to Bea Example (business manager)" in out
    assert "2 would be sent, 0 waiting, 0 unsent, 3 ledger rows would be recorded, 0 moved dates told" in out
    assert not Reminder.objects.exists()
    assert owner.reminded == []
    call_command("sweep")
    assert "2 sent, 0 waiting, 0 unsent, 3 ledger rows recorded" in capsys.readouterr().out
    call_command("sweep", "--dry-run")
    assert "0 would be sent, 0 waiting, 0 unsent, 0 ledger rows would be recorded" in capsys.readouterr().out


def test_trap_8_at_night_it_is_recorded_and_sent_in_the_morning(owner):
    running_clock()
    swept = sweep(now=at("2026-11-16", 2))
    assert (len(swept.waiting), sent(owner)) == (2, [])
    sweep(now=at("2026-11-16", 8))
    assert sent(owner) == [("day 10 of 15", "Mel"), ("day 10 of 15", "Bea")]


def test_trap_8_what_is_outrun_at_night_is_not_sent(owner):
    """Recorded on Friday evening, a later step on Monday: one mail, not two."""
    running_clock()
    sweep(now=at("2026-11-20", 19))
    sweep(now=at("2026-11-23", 9))
    assert {headline for headline, _ in sent(owner)} == {"due today"}
    assert not Reminder.objects.filter(state=ReminderState.WAITING).exists()


def test_trap_8_what_runs_out_today_goes_in_the_evening(owner):
    running_clock()
    sweep(now=at("2026-11-23", 21))
    assert ("due today", "Mel") in sent(owner)


def test_a_clock_completed_over_night_reminds_nobody(owner):
    clock = running_clock()
    sweep(now=at("2026-11-20", 19))
    complete_clock(clock=clock, on=date(2026, 11, 20), by=None, now=at("2026-11-20", 20))
    sweep(now=at("2026-11-23"))
    assert sent(owner) == []
    assert set(Reminder.objects.values_list("state", flat=True)) == {"dropped", "superseded"}


def test_a_failing_owner_loses_nothing_and_holds_nobody_up(owner, cast, caplog):
    other = RecordingOwner(owner.everybody)
    with registered("inform-partners", other):
        running_clock()
        running_clock(code="inform-partners")
        owner.fails = True
        swept = sweep(now=at("2026-11-09"))
        assert [reminder.clock.code for reminder in swept.unowned] == ["rapid-review"]
        assert len(other.reminded) == 3
        assert "the next sweep tries again" in caplog.text
        owner.fails = False
        sweep(now=at("2026-11-09", 11))
    assert sent(owner) == [("day 5 of 15", "Mel")]


def test_an_owner_that_finds_nobody_is_asked_again(owner, caplog):
    running_clock()
    find, owner.people = owner.people, None
    sweep(now=at("2026-11-09"))
    assert "the next sweep tries again" in caplog.text
    owner.people = find
    sweep(now=at("2026-11-09", 11))
    assert sent(owner) == [("day 5 of 15", "Mel")]


def test_a_rule_without_an_owner_loses_nothing(owner, caplog):
    running_clock()
    sweep(now=at("2026-11-09", 2))
    with registered("rapid-review", None):
        swept = sweep(now=at("2026-11-09"))
    assert len(swept.unowned) == 1
    assert "1 reminders wait for an owner: rapid-review" in caplog.text
    sweep(now=at("2026-11-09", 11))
    assert len(owner.reminded) == 1


def test_a_milestone_belongs_to_the_owner_of_its_limit(owner):
    clock = running_clock()
    start_milestones(clock=clock, by=None, now=at("2026-11-02"))
    sweep(now=at("2026-11-03"))
    assert [(r.clock.code, r.recipient.name) for r in owner.reminded] == [("rr-copies", "Mel Sample")]
    owner.reminded.clear()
    sweep(now=at("2026-11-04"))
    assert {(r.clock.code, r.headline, r.recipient.name) for r in owner.reminded} == {
        ("rr-agencies", "due today", "Mel Sample"), ("rr-copies", "1 working day late", "Bea Example"),
    }  # fmt: skip


def test_a_clock_counted_back_reminds_before_its_date(cast):
    owner = RecordingOwner({"lead": [cast.member], "business_manager": [cast.business_manager]})
    with registered("lcspr-copy", owner):
        running_clock(code="lcspr-copy", trigger="2027-01-28")  # due on the 19th
        sweep(now=at("2027-01-04"))
        assert sent(owner) == []
        sweep(now=at("2027-01-05"))
        assert sent(owner) == [("due in 10 working days", "Mel")]
        sweep(now=at("2027-01-18"))
        assert ("due in 1 working day", "Bea") in sent(owner)


def test_a_corrected_trigger_reminds_on_the_new_days(owner):
    clock = running_clock()
    sweep(now=at("2026-11-09"))
    correct_trigger(clock=clock, trigger_on=date(2026, 11, 4), by=None, now=at("2026-11-10"), reason="Sent later.")
    sent(owner)
    sweep(now=at("2026-11-10"))
    assert sent(owner) == []
    sweep(now=at("2026-11-11"))
    assert sent(owner) == [("day 5 of 15", "Mel")]


def test_a_proclaimed_day_puts_off_the_reminder(owner):
    running_clock()
    proclaim_holiday(date=date(2026, 11, 5), title="Proclaimed", reason="", by=None, now=at("2026-11-04"))
    sweep(now=at("2026-11-09"))
    assert sent(owner) == []
    sweep(now=at("2026-11-10"))
    assert sent(owner) == [("day 5 of 15", "Mel")]


def test_a_clock_beyond_the_calendar_is_named_and_the_others_go_on(owner, caplog):
    running_clock()
    running_clock(trigger="2028-12-06", label="CSPR-2028-001")
    swept = sweep(now=at("2029-01-10"))
    assert {clock.label for clock in swept.unreachable} == {"CSPR-2026-001", "CSPR-2028-001"}
    assert "2 clocks lie beyond the known bank holidays (to 2028)" in caplog.text
    assert "add the next year's" in caplog.text


def test_a_new_step_of_the_ladder_needs_no_code(owner):
    clock = running_clock()
    LadderStep.objects.create(rule=clock.rule, anchor=Anchor.BEFORE_DUE, offset=12, chair=True, lead=False)
    sweep(now=at("2026-11-05"))
    assert sent(owner) == [("day 3 of 15", "Cora")]


def test_the_task_is_thin(owner, time_machine_at):
    running_clock()
    time_machine_at("2026-11-09")
    tasks.sweep_deadlines()
    assert len(owner.reminded) == 1


@pytest.mark.parametrize("number", [1, 40])
def test_the_number_of_queries_does_not_grow_with_the_clocks(owner, number):
    for n in range(number):
        running_clock(label=f"CSPR-2026-{n:03}")
    with CaptureQueriesContext(connection) as first:
        sweep(now=at("2026-11-23"))
    assert len(owner.reminded) == 3 * number
    with CaptureQueriesContext(connection) as nothing_new:
        sweep(now=at("2026-11-23", 11))
    assert (_statements(first), _statements(nothing_new)) == (10, 7)


def _statements(queries):
    return len([query for query in queries if query["sql"].split()[0] not in {"SAVEPOINT", "RELEASE"}])


@pytest.mark.django_db(transaction=True)
def test_trap_5_two_sweeps_at_once_send_everything_once():
    """Two connections, started together, over many clocks: the ledger is the judge."""
    reseed()
    people = make_cast()
    owner = RecordingOwner({"lead": [people.member], "business_manager": [people.business_manager]})
    for n in range(30):
        running_clock(label=f"CSPR-2026-{n:03}")
    start, errors = threading.Barrier(3), []

    def one() -> None:
        try:
            start.wait(10)
            sweep(now=at("2026-11-16"))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    with registered("rapid-review", owner):
        threads = [threading.Thread(target=one) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert errors == []
    assert len(owner.reminded) == 60
    assert len({reminder.key for reminder in owner.reminded}) == 60
    assert Reminder.objects.filter(state=ReminderState.SENT).count() == 60
    assert Clock.objects.running().count() == 30


def test_the_ledger_is_written_by_the_workflow_only(owner):
    running_clock()
    sweep(now=at("2026-11-09"))
    with pytest.raises(Exception, match="written only by"):
        Reminder.objects.all().delete()
    workflow(lambda: Reminder.objects.all().delete())()
