"""How a clock stands on a day, in words that need no colour. Pure: the day and the calendar are given."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from deadlines.choices import Direction, Limit, Unit
from deadlines.models.clocks import Clock
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar

SOON = 2  # working days left


@dataclass(frozen=True)
class Standing:
    """`text` says it all ("day 9 of 15", "3 working days late"); `tone` is a GOV.UK tag colour beside it."""

    text: str
    tone: str


def standing(clock: Clock, on: date, calendar: WorkingCalendar) -> Standing:
    """Where `clock` stands on the day `on`. Never raises: past the known calendar it names the date instead."""
    if not clock.is_running:
        return _finished(clock)
    try:
        return _running(clock, on, calendar)
    except CalendarDoesNotReach:
        return Standing("late", "red") if clock.is_overdue_on(on) else Standing(f"due {_short(clock.due_on)}", "blue")


def _running(clock: Clock, on: date, calendar: WorkingCalendar) -> Standing:
    if clock.limit == Limit.UNTIL:
        return Standing(f"until {_short(clock.due_on)}", "grey")
    expected = clock.limit == Limit.EXPECTED
    if on > clock.due_on:
        days = clock.days_late_on(on, calendar)
        if expected:
            return Standing(f"expected {working_days(days)} ago" if days else "expected before today", "grey")
        return Standing(f"{working_days(days)} late" if days else "late", "red")
    if on == clock.due_on:
        return Standing("expected today", "grey") if expected else Standing("due today", "orange")
    left = calendar.between(on, clock.due_on)
    tone = "grey" if expected else "yellow" if left <= SOON else "blue"
    return Standing(_counting(clock, on, left, calendar), tone)


def _counting(clock: Clock, on: date, left: int, calendar: WorkingCalendar) -> str:
    if clock.direction == Direction.BACK:
        return f"due in {working_days(left)}"
    if on < clock.trigger_on:
        return f"starts {_short(clock.trigger_on)}"
    word = {Unit.WORKING_DAYS.value: "day", Unit.MONTHS.value: "month"}.get(clock.unit, "year")
    return f"{word} {clock.day_number(on, calendar)} of {clock.length}"


def _finished(clock: Clock) -> Standing:
    if clock.withdrawn_on is not None:
        return Standing(f"withdrawn {_short(clock.withdrawn_on)}", "grey")
    done = (clock.explanation or {}).get("finished", {})
    if clock.was_late:
        late = working_days(done["late"]) if done.get("late") else ""
        return Standing(f"completed {late} late".replace("  ", " "), "red")
    if clock.unit == Unit.WORKING_DAYS and clock.direction == Direction.FORWARD and done.get("number") is not None:
        return Standing(f"completed on day {done['number']} of {clock.length}", "green")
    return Standing("completed in time" if clock.limit == Limit.BY else "completed", "green")


def working_days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"


def _short(day: date) -> str:
    return date_format(day, "j M Y")
