"""The database refuses nonsense, whoever writes it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from core.guard import workflow
from deadlines.models import Clock, ClockRevision, LadderStep, Reminder, Rule
from deadlines.sweep import sweep
from tests.deadlines.factories import RecordingOwner, at, registered, running_clock

pytestmark = pytest.mark.django_db
EARLIER, LATER = date(2026, 10, 1), date(2026, 12, 1)


@workflow
def write(clock, **values):
    Clock.objects.filter(pk=clock.pk).update(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"due_on": EARLIER}, "due_on_the_right_side"),
        ({"direction": "back"}, "due_on_the_right_side"),
        ({"length": 0}, "clock_has_length"),
        ({"stricter_due_on": LATER}, "stricter_with_reason"),
        ({"completed_on": EARLIER, "explanation": {}}, "completed_after_start"),
        ({"completed_on": LATER, "explanation": {}}, "late_with_reason"),
        ({"completed_on": date(2026, 11, 20)}, "finished_keeps_its_trail"),
        ({"explanation": {}}, "finished_keeps_its_trail"),
        ({"withdrawn_on": LATER, "explanation": {}}, "withdrawn_with_reason"),
        ({"withdrawn_reason": "Because"}, "withdrawn_with_reason"),
        (
            {"completed_on": date(2026, 11, 20), "withdrawn_on": LATER, "withdrawn_reason": "x", "explanation": {}},
            "one_end",
        ),
    ],
)
def test_a_clock(values, constraint):
    clock = running_clock()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write(clock, **values)


def test_a_completer_needs_a_day(cast):
    clock = running_clock()
    with pytest.raises(IntegrityError, match="completed_when_and_by"), transaction.atomic():
        write(clock, completed_by=cast.chair)


def test_one_running_milestone_of_each_kind():
    clock = running_clock()
    milestone = running_clock(code="rr-draft", parent=clock)
    other = running_clock(code="rr-returns", parent=clock)
    with pytest.raises(IntegrityError, match="one_milestone_each"), transaction.atomic():
        write(other, code=milestone.code)


def test_a_milestone_may_be_late_without_a_reason():
    clock = running_clock(code="rr-copies", parent=running_clock())
    write(clock, completed_on=LATER, explanation={})
    clock.refresh_from_db()
    assert (clock.completed_on, clock.late_reason) == (LATER, "")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"length": None}, "rule_has_length"),
        ({"unit": "none"}, "rule_has_length"),
        ({"earliest": 20}, "rule_range"),
        ({"effective_until": date(2000, 1, 1)}, "rule_ends_after_start"),
        ({"status": "to-be-confirmed"}, "rule_says_what_to_confirm"),
        ({"code": "rapid-review", "effective_from": date(2030, 1, 1)}, "one_latest_edition"),
    ],
)
def test_a_rule(values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Rule.objects.filter(code="inform-partners").update(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"every": 1}, "step_repeats_late"),
        ({"anchor": "late", "offset": 0}, "step_offset"),
        ({"lead": False}, "step_tells_somebody"),
    ],
)
def test_a_step(values, constraint):
    step = LadderStep.objects.filter(rule__code="lcspr-publish", anchor="before-due", offset=40)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        step.update(**values)


def test_the_same_reminder_stands_once(cast):
    with registered("rapid-review", RecordingOwner({"lead": [cast.member]})):
        running_clock()
        sweep(now=at("2026-11-09"))
    row = Reminder.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="reminded_once"), transaction.atomic():
        workflow(row.save)()
    with pytest.raises(IntegrityError, match="sent_when"), transaction.atomic():
        workflow(lambda: Reminder.objects.update(sent_at=None))()


def test_a_revision_moves_something_for_a_reason():
    clock = running_clock()
    same = ClockRevision(
        clock=clock, cause="rule", reason="None", at=at("2026-11-09"), old_trigger_on=clock.trigger_on,
        new_trigger_on=clock.trigger_on, old_due_on=clock.due_on, new_due_on=clock.due_on,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="moves_something"), transaction.atomic():
        workflow(same.save)()


def test_running_clocks_are_found_by_their_own_index():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'deadlines_running_by_due'")
        definition = cursor.fetchone()[0]
    assert "(due_on)" in definition
    assert "completed_on IS NULL" in definition
    assert "withdrawn_on IS NULL" in definition
