"""Bank holidays: proclaimed, removed, loaded. Each recounts every running clock in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.formats import date_format

from core.errors import WorkflowError
from core.guard import workflow
from deadlines import calendar as stored
from deadlines.models import BankHoliday, CalendarYear, ClockRevision
from deadlines.workflow.recount import By, recompute_clocks

FEWEST = 8  # bank holidays of an ordinary year in England and Wales


@dataclass(frozen=True)
class Loaded:
    """What a reload of the published list changed, and what it left alone."""

    added: Mapping[date, str]
    kept: Sequence[date] = field(default_factory=tuple)  # entered here, not in the published list
    years: Sequence[int] = field(default_factory=tuple)
    revisions: Sequence[ClockRevision] = field(default_factory=tuple)


@workflow
def proclaim_holiday(*, date: date, title: str, reason: str, by: By, now: datetime) -> BankHoliday:
    """Enter a bank holiday. Running clocks are counted again, people told, finished clocks left as judged.

    The same day again: quiet, the first entry stands. Raises CalendarDoesNotReach where a clock would leave the
    known years.
    """
    if not title.strip():
        raise WorkflowError("Give the bank holiday a title, as in “Bank holiday for the coronation”.")
    stored.change()
    holiday, is_new = BankHoliday.objects.get_or_create(
        date=date, defaults={"title": title.strip(), "reason": reason.strip()}
    )
    if is_new:
        why = f"{_spoken(date)} is a bank holiday: {holiday.title}"
        recompute_clocks(reason=_because(why, reason), by=by, now=now)
    return holiday


@workflow
def remove_holiday(*, date: date, reason: str, by: By, now: datetime) -> None:
    """Take a bank holiday off the calendar, with a reason. Not there: quiet."""
    if not reason.strip():
        raise WorkflowError("Give a reason for removing a bank holiday: it moves dates that people rely on.")
    stored.change()
    holiday = BankHoliday.objects.filter(date=date).first()
    if holiday is None:
        return
    why = f"{_spoken(date)} is no bank holiday any more ({holiday.title})"
    holiday.delete()
    recompute_clocks(reason=_because(why, reason), by=by, now=now)


@workflow
def load_holidays(*, holidays: Mapping[date, str], note: str, by: By, now: datetime) -> Loaded:
    """Add what a published list has and we have not, and the whole years that it covers. Removes nothing."""
    stored.change()
    known = set(BankHoliday.objects.values_list("date", flat=True))
    added = {day: title for day, title in sorted(holidays.items()) if day not in known}
    BankHoliday.objects.bulk_create(
        [BankHoliday(date=day, title=title, origin=BankHoliday.Origin.PUBLISHED) for day, title in added.items()]
    )
    covered = {day.year for day in holidays if sum(other.year == day.year for other in holidays) >= FEWEST}
    years = sorted(covered - set(CalendarYear.objects.values_list("year", flat=True)))
    CalendarYear.objects.bulk_create([CalendarYear(year=year, note=note) for year in years])
    kept = sorted(day for day in known if day.year in covered and day not in holidays)
    revisions = recompute_clocks(reason=f"Bank holidays loaded: {note}", by=by, now=now) if added else []
    return Loaded(added, kept, years, revisions)


@workflow
def add_year(*, year: int, note: str, by: By, now: datetime) -> CalendarYear:
    """Declare that all bank holidays of `year` are entered. Already known: quiet."""
    entered = BankHoliday.objects.filter(date__year=year).count()
    if entered < FEWEST:
        raise WorkflowError(
            f"{entered} bank holidays of {year} are entered; a year in England and Wales has at least {FEWEST}. "
            "Enter them first."
        )
    return CalendarYear.objects.get_or_create(year=year, defaults={"note": note.strip()})[0]


def _because(why: str, reason: str) -> str:
    return f"{why}. {reason.strip()}".strip()[:400]


def _spoken(day: date) -> str:
    return date_format(day, "j F Y")
