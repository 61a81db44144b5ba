"""Starting, stopping and correcting one clock."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from core.errors import WorkflowError
from core.guard import workflow
from deadlines import calendar as stored
from deadlines.choices import Direction, ReminderState, Unit
from deadlines.explain import due_on
from deadlines.models import Clock, ClockRevision, Reminder, Rule
from deadlines.trail import frozen
from deadlines.workflow.recount import By, move, revise
from deadlines.working_days import WorkingCalendar


@workflow
def start_clock(
    *,
    code: str,
    trigger_on: date,
    label: str,
    by: By,
    now: datetime,
    parent: Clock | None = None,
    stricter_trigger_on: date | None = None,
    stricter_reason: str = "",
) -> Clock:
    """Start a clock of the rule `code` in the edition in force on `trigger_on`; `label` is the case's reference.

    A milestone (`parent` given) that already runs is returned as it is. Raises WorkflowError for an unknown code or a
    rule without a day count, CalendarDoesNotReach where the bank holidays are not known that far.
    """
    if parent is not None:
        running = Clock.objects.select_for_update().filter(parent=parent, code=code, withdrawn_on=None).first()
        if running is not None:
            return running
    clock = _new_clock(Rule.objects.for_trigger(code, trigger_on), trigger_on, label, by, now, stored.hold(), parent)
    if stricter_trigger_on is not None:
        _set_stricter(clock, stricter_trigger_on, stricter_reason, stored.current())
    clock.save(force_insert=True)
    return clock


@workflow
def start_milestones(*, clock: Clock, by: By, now: datetime) -> list[Clock]:
    """Start the local milestones inside `clock` that do not run yet; returns all of them, earliest first."""
    calendar = stored.hold()
    known = set(clock.milestone_clocks.filter(withdrawn_on=None).values_list("code", flat=True))
    rules = Rule.objects.milestones_of(clock.code, clock.trigger_on)
    Clock.objects.bulk_create(
        [
            _new_clock(rule, clock.trigger_on, clock.label, by, now, calendar, clock)
            for rule in rules
            if rule.code not in known
        ]
    )
    return list(clock.milestone_clocks.filter(withdrawn_on=None).select_related("rule"))


@workflow
def complete_clock(
    *, clock: Clock, on: date, by: By, now: datetime, late_reason: str = "", told: str = ""
) -> Clock:  # fmt: skip
    """Stop `clock` because the thing was done on `on`. It keeps its trail; its open milestones end with it.

    Raises WorkflowError when it was late and no reason says why, now or earlier. Already completed: quiet.
    """
    clock = _locked(clock)
    if clock.completed_on is not None:
        return clock
    _check_not_withdrawn(clock)
    _check_end(clock, on, now)
    clock.late_reason = late_reason.strip() or clock.late_reason
    clock.told = told.strip() or clock.told
    if on > clock.due_on and clock.needs_late_reason and not clock.late_reason:
        raise WorkflowError(
            f"This was due on {_spoken(clock.due_on)}, so it is late. Say why and who was told before completing it."
        )
    calendar = stored.hold()
    _complete(clock, on, by, calendar)
    for milestone in clock.milestone_clocks.running().select_for_update(of=["self"]).select_related("rule"):
        if milestone.due_on == clock.due_on:  # the last milestone is the same event
            _complete(milestone, on, by, calendar)
        else:
            _withdraw(milestone, on, by, f"{clock.rule.title} was completed on {_spoken(on)}.", calendar)
    return clock


@workflow
def withdraw_clock(*, clock: Clock, on: date, by: By, now: datetime, reason: str) -> Clock:
    """Stop `clock` because the limit no longer applies, and its milestones. Already withdrawn: quiet."""
    clock = _locked(clock)
    if clock.withdrawn_on is not None:
        return clock
    if clock.completed_on is not None:
        raise WorkflowError(f"This was completed on {_spoken(clock.completed_on)}, so it cannot be withdrawn.")
    if not reason.strip():
        raise WorkflowError("Give a reason for withdrawing a time limit.")
    calendar = stored.hold()
    for each in [clock, *clock.milestone_clocks.running().select_for_update(of=["self"]).select_related("rule")]:
        _withdraw(each, on, by, reason.strip(), calendar)
    return clock


@workflow
def explain_lateness(*, clock: Clock, reason: str, told: str, by: By, now: datetime) -> Clock:
    """Record why a clock is or was late and who was told. Raises WorkflowError where it is not late."""
    clock = _locked(clock)
    if not clock.was_late and not clock.is_overdue_on(timezone.localdate(now)):
        raise WorkflowError(f"This is not late: it is due on {_spoken(clock.due_on)}.")
    if not reason.strip():
        raise WorkflowError("Say why it is late.")
    clock.late_reason, clock.told = reason.strip(), told.strip()
    clock.save(update_fields=["late_reason", "told"])
    return clock


@workflow
def correct_trigger(
    *, clock: Clock, trigger_on: date, by: By, now: datetime, reason: str, stricter_trigger_on: date | None = None
) -> Clock:
    """Count `clock` and its milestones again from the corrected day; people are told, the old dates are kept.

    `stricter_trigger_on` moves the stricter reading as well, where there is one. Same dates as before: quiet.
    """
    clock = _locked(clock)
    if not clock.is_running:
        raise WorkflowError("A finished clock keeps the dates by which it was judged; its trigger cannot be changed.")
    if not reason.strip():
        raise WorkflowError("Give a reason for correcting the date.")
    calendar = stored.hold()
    if stricter_trigger_on is not None and clock.stricter_reason:
        _set_stricter(clock, stricter_trigger_on, clock.stricter_reason, calendar)
        clock.save(update_fields=["stricter_trigger_on", "stricter_due_on"])
    family = [clock]
    for milestone in clock.milestone_clocks.running().select_for_update(of=["self"]).select_related("rule"):
        if milestone.trigger_on == clock.trigger_on:
            family.append(milestone)
    for each in family:
        each.rule = Rule.objects.for_trigger(each.code, trigger_on)
    moves = [move(each, trigger_on, calendar) for each in family]
    revise(
        [found for found in moves if found],
        cause=ClockRevision.Cause.TRIGGER, reason=reason.strip(), by=by, now=now,
    )  # fmt: skip
    return clock


def _new_clock(
    rule: Rule, trigger_on: date, label: str, by: By, now: datetime, calendar: WorkingCalendar, parent: Clock | None
) -> Clock:
    if rule.length is None or rule.unit == Unit.NONE:
        raise WorkflowError(f"{rule.title} has no day count, so there is no clock to start.")
    return Clock(
        rule=rule, code=rule.code, label=label, parent=parent, direction=rule.direction, unit=rule.unit,
        length=rule.length, limit=rule.limit, trigger_on=trigger_on, started_at=now, started_by=by,
        due_on=due_on(rule.direction, rule.unit, rule.length, trigger_on, calendar),
    )  # fmt: skip


def _set_stricter(clock: Clock, trigger_on: date, reason: str, calendar: WorkingCalendar) -> None:
    clock.stricter_trigger_on = trigger_on
    clock.stricter_due_on = due_on(clock.direction, clock.unit, clock.length, trigger_on, calendar)
    clock.stricter_reason = reason or f"counted from {_spoken(trigger_on)}"


def _locked(clock: Clock) -> Clock:
    return Clock.objects.select_for_update(of=["self"]).select_related("rule").get(pk=clock.pk)


def _check_not_withdrawn(clock: Clock) -> None:
    if clock.withdrawn_on is not None:
        raise WorkflowError(f"This time limit was withdrawn on {_spoken(clock.withdrawn_on)}.")


def _check_end(clock: Clock, on: date, now: datetime) -> None:
    if on > timezone.localdate(now):
        raise WorkflowError(f"{_spoken(on)} is in the future: give the day on which it was done.")
    if clock.direction == Direction.FORWARD and on < clock.trigger_on:
        raise WorkflowError(f"{_spoken(on)} is before the count began on {_spoken(clock.trigger_on)}.")


def _complete(clock: Clock, on: date, by: By, calendar: WorkingCalendar) -> None:
    clock.explanation = frozen(clock, on, calendar)
    clock.completed_on, clock.completed_by = on, by
    clock.save(update_fields=["completed_on", "completed_by", "late_reason", "told", "explanation"])
    _drop_reminders(clock)


def _withdraw(clock: Clock, on: date, by: By, reason: str, calendar: WorkingCalendar) -> None:
    clock.explanation = frozen(clock, on, calendar)
    clock.withdrawn_on, clock.withdrawn_by, clock.withdrawn_reason = on, by, reason
    clock.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_reason", "explanation"])
    _drop_reminders(clock)


def _drop_reminders(clock: Clock) -> None:
    Reminder.objects.filter(clock=clock, state=ReminderState.WAITING).update(state=ReminderState.DROPPED)


def _spoken(day: date) -> str:
    return date_format(day, "j F Y")
