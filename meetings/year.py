"""The plan of a year, proposed: alternate months, a working day, round bank holidays (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar

MONTHS = 2  # terms of reference, section 3: alternate months
WEEKDAYS = ((0, "Monday"), (1, "Tuesday"), (2, "Wednesday"), (3, "Thursday"), (4, "Friday"))
WEEKS = ((1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth"))


@dataclass(frozen=True)
class Proposed:
    """One day of the plan. `instead_of` is the usual day where that is no working day, `why` says why not."""

    on: date
    instead_of: date | None = None
    why: str = ""

    @property
    def label(self) -> str:
        day = f"{self.on:%A} {self.on.day} {self.on:%B %Y}"
        if self.instead_of is None:
            return day
        return f"{day} – instead of {self.instead_of:%A} {self.instead_of.day} {self.instead_of:%B}: {self.why}"


def nth_weekday(year: int, month: int, week: int, weekday: int) -> date:
    """The `week`th (1 to 4) `weekday` (0 is Monday) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (week - 1))


def propose(
    first: date, *, week: int, weekday: int, every: int = MONTHS, count: int = 6, calendar: WorkingCalendar
) -> Iterator[Proposed]:
    """`count` days from the month of `first` on, every `every` months; never before `first`.

    Stops where the bank holidays are not known yet: a day that may be none is not proposed.
    """
    for number in range(count):
        month = first.month - 1 + number * every
        usual = nth_weekday(first.year + month // 12, month % 12 + 1, week, weekday)
        if usual < first:
            continue
        try:
            why = calendar.why_not(usual)
            yield Proposed(calendar.forward(usual, 1), usual, why) if why else Proposed(usual)
        except CalendarDoesNotReach:
            return
