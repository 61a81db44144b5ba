"""From a rule and a trigger to a date, with every day on the way and why it counted or not. Pure.

The trigger day is day 0. Working days: the nth strictly after (or before) it. Months and years: the same day-number
that much later, else the last day of that month; never rolled to a working day.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format

from core.errors import WorkflowError
from deadlines.choices import Direction, Unit
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar

MAX_LENGTH = 2000  # more than any statutory limit in any unit; beyond it the date is a slip of the pen


class Countable(Protocol):
    """What a date is counted from: a stored Rule, a Clock or a free Count."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def direction(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def length(self) -> int | None: ...
    @property
    def source(self) -> str: ...
    @property
    def edition(self) -> str: ...
    @property
    def status_note(self) -> str: ...
    @property
    def warns_clear_days(self) -> bool: ...


@dataclass(frozen=True)
class Count:
    """A free what-if count, belonging to no rule of law."""

    direction: str
    unit: str
    length: int | None
    code: str = ""
    title: str = "What-if count"
    source: str = ""
    edition: str = ""
    status_note: str = ""
    warns_clear_days: bool = False


@dataclass(frozen=True)
class Day:
    """One day on the way. `number` is its place in the count (0: not counted), `why` what it is."""

    date: date
    counted: bool
    number: int
    why: str


@dataclass(frozen=True)
class Deadline:
    """A computed date. `days` run from the day next to the trigger to `due`; months have one row each."""

    rule: str
    title: str
    direction: str
    unit: str
    length: int
    trigger: date
    due: date
    source: str
    edition: str
    status_note: str
    days: tuple[Day, ...] = field(default_factory=tuple)
    stricter_due: date | None = None
    stricter_reason: str = ""
    stricter_trigger: date | None = None

    @property
    def skipped(self) -> list[Day]:
        return [day for day in self.days if not day.counted]

    @property
    def skipped_holidays(self) -> list[Day]:
        return [day for day in self.skipped if day.date.weekday() < 5]

    @property
    def minutes_line(self) -> str:
        return minutes_line(self)

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; `from_json` is its inverse."""
        plain = asdict(self)
        for key in ("trigger", "due", "stricter_due", "stricter_trigger"):
            plain[key] = plain[key].isoformat() if plain[key] else None
        plain["days"] = [day | {"date": day["date"].isoformat()} for day in plain["days"]]
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Deadline":
        values = {name: plain[name] for name in cls.__dataclass_fields__}
        for key in ("trigger", "due", "stricter_due", "stricter_trigger"):
            values[key] = date.fromisoformat(values[key]) if values[key] else None
        values["days"] = tuple(Day(**day | {"date": date.fromisoformat(day["date"])}) for day in values["days"])
        return cls(**values)


def compute(rule: Countable, trigger: date, calendar: WorkingCalendar | None) -> Deadline:
    """The date that `rule` gives for `trigger`. Raises WorkflowError for a rule without a day count or a date out of
    range, CalendarDoesNotReach where working days run past the known bank holidays. Months need no calendar."""
    length = rule.length
    if length is None or rule.unit == Unit.NONE:
        raise WorkflowError(f"{rule.title} has no number of days, so there is no date to count: {rule.source}.")
    if not 1 <= length <= MAX_LENGTH:
        raise WorkflowError(f"A length is between 1 and {MAX_LENGTH}, not {length}.")
    try:
        due = due_on(rule.direction, rule.unit, length, trigger, calendar)
        days = tuple(_trail(rule.direction, rule.unit, length, trigger, due, calendar))
    except (OverflowError, ValueError) as error:
        raise WorkflowError(f"{_unit_words(length, rule.unit)} from {trigger.isoformat()} is no date.") from error
    stricter = _clear_days_date(rule, trigger, due, calendar)
    return Deadline(
        rule.code, rule.title, rule.direction, rule.unit, length, trigger, due,
        rule.source, rule.edition, rule.status_note, days, stricter,
        _clear_days_reason(length) if stricter else "",
    )  # fmt: skip


def due_on(direction: str, unit: str, length: int, trigger: date, calendar: WorkingCalendar | None) -> date:
    """The date alone, without its trail: for many clocks at once."""
    if unit == Unit.WORKING_DAYS:
        if calendar is None:
            raise TypeError("Working days need a calendar.")
        return calendar.back(trigger, length) if direction == Direction.BACK else calendar.forward(trigger, length)
    sign = -1 if direction == Direction.BACK else 1
    return trigger + _step(unit, sign * length)


def _step(unit: str, number: int) -> relativedelta:
    return relativedelta(years=number) if unit == Unit.YEARS else relativedelta(months=number)


def _trail(
    direction: str, unit: str, length: int, trigger: date, due: date, calendar: WorkingCalendar | None
) -> Iterator[Day]:
    sign = -1 if direction == Direction.BACK else 1
    if unit != Unit.WORKING_DAYS or calendar is None:
        word = "year" if unit == Unit.YEARS else "month"
        for number in range(1, length + 1):
            day = trigger + _step(unit, sign * number)
            clamped = f": {day:%B %Y} has no {_ordinal(trigger.day)}, so its last day" if day.day != trigger.day else ""
            yield Day(day, True, number, f"{word} {number}{clamped}")
        return
    day, number = trigger, 0
    while day != due:
        day += timedelta(days=sign)
        why = calendar.why_not(day)
        number += not why
        yield Day(day, not why, 0 if why else number, why or f"working day {number}")


def _clear_days_date(rule: Countable, trigger: date, due: date, calendar: WorkingCalendar | None) -> date | None:
    """The day that leaves as many clear working days: one working day earlier than the plain count back."""
    if not rule.warns_clear_days or rule.direction != Direction.BACK or calendar is None:
        return None
    try:
        return calendar.back(due, 1)
    except CalendarDoesNotReach:
        return None


def _clear_days_reason(length: int) -> str:
    """The warning that goes with a plain count back: its nth day leaves one clear day fewer."""
    return f"On the due date itself only {length - 1} clear working days would be left; this day leaves {length}."


def clear_days_warning(sent: date, published: date, wanted: int, calendar: WorkingCalendar) -> str:
    """A sentence where fewer than `wanted` clear working days lie between the two dates, else nothing."""
    clear = calendar.clear_days(sent, published)
    if clear >= wanted:
        return ""
    days = "1 clear working day" if clear == 1 else f"{clear} clear working days"
    return (
        f"Only {days} would lie between {date_format(sent, 'j F Y')} and publication on "
        f"{date_format(published, 'j F Y')}: fewer than {wanted}."
    )


def minutes_line(deadline: Deadline) -> str:
    """One plain sentence to paste into the minutes."""
    way = "before" if deadline.direction == Direction.BACK else "after"
    line = (
        f"{deadline.title}: {date_format(deadline.due, 'l j F Y')}, being "
        f"{_unit_words(deadline.length, deadline.unit)} {way} {date_format(deadline.trigger, 'l j F Y')} (day 0)"
    )
    if deadline.unit == Unit.WORKING_DAYS:
        names = [f"{day.why} {date_format(day.date, 'j F Y')}" for day in deadline.skipped_holidays]
        line += ", leaving out weekends" + (f" and {_join(names)}" if names else "")
    if deadline.source:
        line += f". Source: {deadline.source}" + (f" ({deadline.edition})" if deadline.edition else "")
    return line + "."


def _unit_words(length: int, unit: str) -> str:
    word = {Unit.WORKING_DAYS.value: "working day", Unit.YEARS.value: "year"}.get(unit, "calendar month")
    return f"{length} {word}{'' if length == 1 else 's'}"


def _join(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
