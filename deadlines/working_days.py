"""Working days in England and Wales: pure arithmetic over a known stretch of years.

A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England and Wales
(Banking and Financial Dealings Act 1971). Nothing here reads a clock or a database, and nothing guesses: a count
that leaves the known years raises.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from core.errors import WorkflowError

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class CalendarDoesNotReach(WorkflowError):
    """The count needs a day whose bank holidays are not known. Its text says which years are."""


@dataclass(frozen=True)
class WorkingCalendar:
    """The bank holidays (date to title) of the whole years `first` to `last`, both included."""

    holidays: Mapping[date, str]
    first: int
    last: int

    @property
    def starts(self) -> date:
        return date(self.first, 1, 1)

    @property
    def ends(self) -> date:
        return date(self.last, 12, 31)

    def knows(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    @cached_property
    def _working(self) -> list[int]:
        """The ordinals of all known working days, ascending: the nth one on is an index, not a loop."""
        closed = {day.toordinal() for day in self.holidays}
        days = range(self.starts.toordinal(), self.ends.toordinal() + 1)
        return [n for n in days if (n - 1) % 7 < SATURDAY and n not in closed]  # ordinal 1 was a Monday

    def require(self, day: date) -> None:
        """Raise CalendarDoesNotReach unless the bank holidays round `day` are known."""
        if not self.knows(day):
            raise self._unreached(f"{_spoken(day)} is outside it", day.year)

    def why_not(self, day: date) -> str:
        """Why `day` is no working day ("Saturday", "Easter Monday"); empty for a working day."""
        self.require(day)
        if day in self.holidays:
            return self.holidays[day]
        return day.strftime("%A") if day.weekday() >= SATURDAY else ""

    def is_working_day(self, day: date) -> bool:
        return not self.why_not(day)

    def forward(self, trigger: date, length: int) -> date:
        """The `length`th working day strictly after `trigger` (day 0)."""
        _positive(length)
        index = bisect_right(self._working, trigger.toordinal()) + length - 1
        if not self.knows(trigger + ONE_DAY) or index >= len(self._working):
            missing = self.first - 1 if trigger < self.starts else max(self.last + 1, trigger.year)
            raise self._unreached(f"{_working_days(length)} after {_spoken(trigger)} is outside it", missing)
        return date.fromordinal(self._working[index])

    def back(self, trigger: date, length: int) -> date:
        """The `length`th working day strictly before `trigger` (day 0)."""
        _positive(length)
        index = bisect_left(self._working, trigger.toordinal()) - length
        if not self.knows(trigger - ONE_DAY) or index < 0:
            missing = trigger.year if trigger > self.ends else self.first - 1
            raise self._unreached(f"counting back {_working_days(length)} from {_spoken(trigger)} leaves it", missing)
        return date.fromordinal(self._working[index])

    def between(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and including `until` (0 if `until` is not later)."""
        if until <= after:
            return 0
        self.require(after + ONE_DAY)
        self.require(until)
        return bisect_right(self._working, until.toordinal()) - bisect_right(self._working, after.toordinal())

    def clear_days(self, earlier: date, later: date) -> int:
        """How many working days lie strictly between the two dates: neither end counts."""
        return self.between(earlier, later - ONE_DAY)

    def _unreached(self, what: str, year: int) -> CalendarDoesNotReach:
        return CalendarDoesNotReach(
            f"The calendar of bank holidays runs from {self.first} to {self.last}, and {what}. "
            f"Add the bank holidays of {year} before counting this far."
        )


def _positive(length: int) -> None:
    if length < 1:
        raise ValueError(f"A number of working days is 1 or more, not {length}.")


def _working_days(length: int) -> str:
    return f"{length} working day{'' if length == 1 else 's'}"


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
