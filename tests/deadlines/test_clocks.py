"""One clock from start to end."""

from datetime import date, datetime

import pytest

from core.errors import WorkflowError
from deadlines.models import Clock, Rule
from deadlines.workflow import (
    complete_clock,
    correct_trigger,
    explain_lateness,
    save_rule,
    start_clock,
    start_milestones,
    withdraw_clock,
)
from tests.deadlines.factories import at, running_clock

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 23)  # of a rapid review counted from Monday 2 November 2026


def completed(clock, on="2026-11-20", **extra):
    return complete_clock(clock=clock, on=date.fromisoformat(on), by=None, now=at(on), **extra)


def test_a_clock_is_counted_from_its_rule_and_kept():
    clock = running_clock()
    assert (clock.due_on, clock.length, clock.kind) == (DUE, 15, "forward-working-days")
    assert clock.rule.edition == "2023, ch. 5; guidance of June 2025"


def test_a_clock_takes_the_edition_in_force_on_its_trigger():
    assert running_clock(trigger="2024-01-08").rule.edition == "2023, ch. 5"


def test_the_stricter_reading_is_kept_beside_it():
    clock = running_clock(stricter_trigger_on=date(2026, 10, 30), stricter_reason="Counted from awareness.")
    assert (clock.stricter_due_on, clock.due_on) == (date(2026, 11, 20), DUE)


@pytest.mark.parametrize("code", ["no-such-rule", "delay-notice"])
def test_what_cannot_be_counted_does_not_start(code):
    with pytest.raises(WorkflowError):
        running_clock(code=code)
    assert not Clock.objects.exists()


def test_due_on_the_day_is_met_until_its_end():
    """Overdue is a comparison of dates in London, in summer time as in winter."""
    clock = running_clock()
    assert not clock.is_overdue_on(DUE)
    assert clock.is_overdue_on(date(2026, 11, 24))
    assert list(Clock.objects.overdue_on(DUE)) == []
    assert list(Clock.objects.overdue_on(date(2026, 11, 24))) == [clock]


@pytest.mark.parametrize(
    ("trigger", "moment", "late"),
    [
        ("2026-05-22", "2026-06-15T22:59:00+00:00", False),  # one minute to midnight, summer time
        ("2026-05-22", "2026-06-15T23:01:00+00:00", True),  # past midnight in London, not yet in UTC
        ("2026-11-02", "2026-11-23T23:59:00+00:00", False),
        ("2026-11-02", "2026-11-24T00:01:00+00:00", True),
    ],
)
def test_trap_1_the_day_ends_at_midnight_in_london(trigger, moment, late):
    clock, now = running_clock(trigger=trigger), datetime.fromisoformat(moment)
    try:
        explain_lateness(clock=clock, reason="Why", told="", by=None, now=now)
    except WorkflowError:
        assert not late
    else:
        assert late


def test_trap_1_an_event_after_five_or_on_a_closed_day_counts_from_its_date():
    evening = start_clock(
        code="rapid-review", trigger_on=date(2026, 11, 2), label="CSPR-2026-001", by=None, now=at("2026-11-02", 23)
    )
    assert evening.due_on == DUE
    assert running_clock(trigger="2026-11-01").due_on == date(2026, 11, 20)  # a Sunday
    assert running_clock(trigger="2026-12-25").due_on == date(2027, 1, 19)


def test_the_reply_of_somebody_else_is_never_overdue():
    clock = running_clock(code="national-panel-reply")
    assert not clock.is_overdue_on(date(2027, 6, 1))
    assert not Clock.objects.overdue_on(date(2027, 6, 1)).exists()
    assert completed(clock, "2027-01-29").late_reason == ""


@pytest.mark.parametrize(
    ("on", "number"), [("2026-11-02", 0), ("2026-11-03", 1), ("2026-11-08", 4), ("2026-11-23", 15)]
)
def test_day_n_of_15(on, number, known):
    assert running_clock().day_number(date.fromisoformat(str(on)), known) == number


@pytest.mark.parametrize(("on", "number"), [("2026-11-02", 1), ("2026-12-01", 1), ("2026-12-02", 2), ("2027-05-01", 6)])
def test_month_n_of_6(on, number, known):
    assert running_clock(code="lcspr-publish").day_number(date.fromisoformat(on), known) == number


def test_completing_freezes_the_trail():
    clock = completed(running_clock())
    assert clock.completed_on == date(2026, 11, 20)
    assert clock.explanation["due"] == "2026-11-23"
    assert clock.explanation["finished"] == {"on": "2026-11-20", "number": 14, "late": 0}


def test_completing_twice_is_quiet():
    clock = running_clock()
    completed(clock)
    assert completed(clock, "2026-11-23").completed_on == date(2026, 11, 20)


def test_late_needs_a_reason_and_keeps_who_was_told():
    clock = running_clock()
    with pytest.raises(WorkflowError, match="due on 23 November 2026, so it is late"):
        completed(clock, "2026-11-26", late_reason="  ")
    clock = completed(clock, "2026-11-26", late_reason="The ICB return came late.", told="National Panel, by mail")
    assert (clock.late_reason, clock.told, clock.was_late) == (
        "The ICB return came late.", "National Panel, by mail", True,
    )  # fmt: skip
    assert clock.explanation["finished"]["late"] == 3


def test_lateness_may_be_explained_before_it_ends():
    clock = running_clock()
    with pytest.raises(WorkflowError, match="not late"):
        explain_lateness(clock=clock, reason="Why", told="", by=None, now=at(DUE, 23, 59))
    explain_lateness(clock=clock, reason="Why", told="The chair", by=None, now=at("2026-11-24", 0, 1))
    assert completed(clock, "2026-11-26").late_reason == "Why"


@pytest.mark.parametrize(
    ("on", "now", "sentence"),
    [("2026-11-20", "2026-11-19", "in the future"), ("2026-10-30", "2026-11-19", "before the count began")],
)
def test_a_clock_ends_between_its_start_and_now(on, now, sentence):
    with pytest.raises(WorkflowError, match=sentence):
        complete_clock(clock=running_clock(), on=date.fromisoformat(on), by=None, now=at(now))


def test_withdrawing_needs_a_reason_and_twice_is_quiet():
    clock = running_clock()
    with pytest.raises(WorkflowError, match="reason"):
        withdraw_clock(clock=clock, on=DUE, by=None, now=at(DUE), reason=" ")
    for _ in range(2):
        clock = withdraw_clock(clock=clock, on=DUE, by=None, now=at(DUE), reason="Not notifiable after all.")
    assert not Clock.objects.running().exists()
    with pytest.raises(WorkflowError, match="withdrawn"):
        completed(clock)


def test_milestones_start_once_and_end_with_their_clock():
    clock = running_clock()
    for _ in range(2):
        milestones = start_milestones(clock=clock, by=None, now=at("2026-11-02"))
    assert [m.due_on.isoformat() for m in milestones][-3:] == ["2026-11-19", "2026-11-20", "2026-11-23"]
    assert len(milestones) == 9
    again = start_clock(
        code="rr-draft", trigger_on=clock.trigger_on, label=clock.label, by=None, now=at("2026-11-02"), parent=clock
    )
    assert again in milestones
    completed(Clock.objects.get(code="rr-copies"), "2026-11-05")  # late, and nobody asks why
    completed(clock)
    ends = dict(Clock.objects.milestones().values_list("code", "withdrawn_reason"))
    assert ends["rr-copies"] == ends["rr-sent"] == ""
    assert ends["rr-returns"] == "Rapid review was completed on 20 November 2026."
    assert Clock.objects.get(code="rr-sent").completed_on == date(2026, 11, 20)
    assert not Clock.objects.running().exists()


def test_correcting_the_trigger_moves_the_milestones_and_keeps_the_old_dates():
    clock = running_clock(stricter_trigger_on=date(2026, 10, 30), stricter_reason="Counted from awareness.")
    start_milestones(clock=clock, by=None, now=at("2026-11-02"))
    correct_trigger(
        clock=clock, trigger_on=date(2026, 11, 3), by=None, now=at("2026-11-05"), reason="Sent a day later.",
        stricter_trigger_on=date(2026, 10, 29),
    )  # fmt: skip
    clock.refresh_from_db()
    assert (clock.trigger_on, clock.due_on) == (date(2026, 11, 3), date(2026, 11, 24))
    assert clock.stricter_due_on == date(2026, 11, 19)
    revision = clock.revisions.get()
    assert (revision.old_due_on, revision.new_due_on, revision.reason) == (DUE, clock.due_on, "Sent a day later.")
    assert set(clock.milestone_clocks.values_list("trigger_on", flat=True)) == {clock.trigger_on}
    correct_trigger(clock=clock, trigger_on=clock.trigger_on, by=None, now=at("2026-11-05"), reason="Again")
    assert clock.revisions.count() == 1


def test_a_finished_clock_keeps_its_trigger():
    with pytest.raises(WorkflowError, match="judged"):
        correct_trigger(
            clock=completed(running_clock()), trigger_on=DUE, by=None, now=at(DUE), reason="Too late for that."
        )


def test_a_changed_length_moves_running_clocks_and_leaves_finished_ones():
    done = completed(running_clock(label="CSPR-2026-001"))
    running = running_clock(label="CSPR-2026-002")
    rule = running.rule
    rule.length = 10
    with pytest.raises(WorkflowError, match="Give a reason"):
        save_rule(rule=rule, by=None, now=at(DUE), reason="")
    save_rule(rule=rule, by=None, now=at(DUE), reason="Agreed locally.")
    running.refresh_from_db()
    assert (running.length, running.due_on) == (10, date(2026, 11, 16))
    assert running.revisions.get().cause == "rule"
    unchanged = Clock.objects.get(pk=done.pk)
    assert (unchanged.length, unchanged.due_on, unchanged.explanation) == (15, DUE, done.explanation)


def test_a_new_edition_ends_the_old_one_and_takes_over_what_began_since():
    done = completed(running_clock(trigger="2026-11-02", label="CSPR-2026-001"))
    before = running_clock(trigger="2026-11-03", label="CSPR-2026-002")
    since = running_clock(trigger="2026-11-10", label="CSPR-2026-003")
    new = Rule.objects.get(pk=before.rule_id)
    new.pk, new._state.adding, new.length, new.edition = None, True, 20, "2026 edition"
    new.effective_from = date(2026, 11, 9)
    save_rule(rule=new, by=None, now=at("2026-11-20"), reason="")
    old = Rule.objects.get(pk=before.rule_id)
    assert old.effective_until == date(2026, 11, 8)
    for clock, edition, length in ((done, old, 15), (before, old, 15), (since, new, 20)):
        clock.refresh_from_db()
        assert (clock.rule, clock.length) == (edition, length)


def test_a_new_edition_cannot_begin_before_the_old_one():
    new = Rule.objects.get(code="lcspr-publish")
    new.pk, new._state.adding = None, True
    with pytest.raises(WorkflowError, match="must begin after that day"):
        save_rule(rule=new, by=None, now=at(DUE), reason="")
