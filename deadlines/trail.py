"""How a clock's date was reached: computed for a running clock, read as it was kept for a finished one."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from deadlines.explain import Count, Deadline, compute
from deadlines.models.clocks import Clock
from deadlines.models.rules import Rule
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar


def count_of(clock: Clock, rule: Rule) -> Count:
    """The clock's own numbers with the words of its rule."""
    return Count(
        clock.direction, clock.unit, clock.length, clock.code, rule.title,
        rule.source, rule.edition, rule.status_note, rule.warns_clear_days,
    )  # fmt: skip


def trail_of(clock: Clock, rule: Rule, calendar: WorkingCalendar) -> Deadline:
    """The explained date of `clock`. No query: rule and calendar are given."""
    if clock.explanation is not None:
        return Deadline.from_json(clock.explanation)
    deadline = compute(count_of(clock, rule), clock.trigger_on, calendar)
    if clock.stricter_due_on is not None:
        deadline = replace(
            deadline,
            stricter_due=clock.stricter_due_on,
            stricter_trigger=clock.stricter_trigger_on,
            stricter_reason=clock.stricter_reason,
        )
    return deadline


def frozen(clock: Clock, on: date, calendar: WorkingCalendar) -> dict[str, Any]:
    """What a clock that finishes on `on` keeps: its trail, the number of that day and how many days late it was."""
    finished: dict[str, Any] = {"on": on.isoformat(), "number": None, "late": None}
    with suppress(CalendarDoesNotReach):  # finished past the known years: the dates stand, the numbers are missing
        finished |= {"number": clock.day_number(on, calendar), "late": clock.days_late_on(on, calendar)}
    return trail_of(clock, clock.rule, calendar).as_json() | {"finished": finished}
