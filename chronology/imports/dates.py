"""Dates and times as people write them in spreadsheets. What could be read in two ways is a fault, not a guess."""

import calendar
import re
from datetime import date, datetime, time

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from chronology.imports.faults import CellFaultError
from referrals.choices import Precision

FIRST_YEAR = 1900
WRITE = "Write it as 03/05/2020, about 3 May 2020, March 2019 or 2019."
_MONTHS = tuple(calendar.month_name[n].casefold() for n in range(1, 13))
MONTHS = {name: n for n, name in enumerate(_MONTHS, 1)} | {name[:3]: n for n, name in enumerate(_MONTHS, 1)}
MONTHS["sept"] = 9
_ABOUT = re.compile(r"^(about|around|approximately|approx\.?|circa|c\.|~)\s*")
_NUMBERS = re.compile(r"^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$")
_DAY_MONTH = re.compile(
    r"^(?:[a-z]+day,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-/]+(?:of\s+)?([a-z]+)\.?,?[\s\-/]+(\d{4}|\d{2})$"
)
_MONTH = re.compile(r"^([a-z]+)\.?,?[\s\-/]+(\d{4})$")
_MONTH_NUMBER = re.compile(r"^(\d{1,2})[/.\-](\d{4})$")
_YEAR = re.compile(r"^(?:in\s+|year\s+)?(\d{4})$")
_TIME = re.compile(r"^(\d{1,2})(?:[:.h](\d{2}))?(?:[:.]\d{2})?\s*(am|pm|a\.m\.|p\.m\.)?(?:\s*(?:hrs|hours|h))?$")
_FOUR = re.compile(r"^(\d{2})(\d{2})\s*(?:hrs|hours|h)?$")

Found = tuple[date, str, time | None]


def read_date(value: object, *, epoch: datetime = WINDOWS_EPOCH) -> Found:
    """(day, precision, time) of a cell of the date column. `epoch` is the day from which the workbook counts."""
    if isinstance(value, datetime):
        at = value.time().replace(second=0, microsecond=0)
        return _sensible(value.date()), Precision.EXACT, at if at != time(0) else None
    if isinstance(value, date):
        return _sensible(value), Precision.EXACT, None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, epoch)
    if not isinstance(value, str):
        raise CellFaultError("This is not a date.", WRITE)
    text = " ".join(value.casefold().split())
    about = _ABOUT.match(text)
    if not about:
        return (*_text(text, value), None)
    day, precision = _text(text[about.end() :], value)
    return day, Precision.ABOUT if precision == Precision.EXACT else precision, None


def _number(value: float, epoch: datetime) -> Found:
    if value == int(value) and FIRST_YEAR <= value <= 2199:
        return date(int(value), 1, 1), Precision.YEAR, None
    wrong = f"“{value}” is a number, not a date."
    if 10_000 < value < 80_000:
        likely = from_excel(value, epoch)
        if isinstance(likely, datetime):
            raise CellFaultError(
                wrong,
                f"If {likely.day} {likely:%B %Y} is meant, write {likely:%d/%m/%Y}, or give the cell a date format.",
            )
    raise CellFaultError(wrong, WRITE)


def _text(text: str, typed: str) -> tuple[date, str]:
    shown = typed.strip()[:60]
    if match := _ISO.match(text):
        return _day(match[3], match[2], match[1], shown), Precision.EXACT
    if match := _NUMBERS.match(text):
        return _day(match[1], match[2], match[3], shown), Precision.EXACT
    if match := _DAY_MONTH.match(text):
        return _day(match[1], _month(match[2], shown), match[3], shown), Precision.EXACT
    if match := _MONTH.match(text):
        return _day("1", _month(match[1], shown), match[2], shown), Precision.MONTH
    if match := _MONTH_NUMBER.match(text):
        return _day("1", match[1], match[2], shown), Precision.MONTH
    if match := _YEAR.match(text):
        return _day("1", "1", match[1], shown), Precision.YEAR
    raise CellFaultError(f"“{shown}” is not a date.", WRITE)


def _month(name: str, shown: str) -> str:
    if name not in MONTHS:
        raise CellFaultError(f"“{shown}” has no month that can be read.", WRITE)
    return str(MONTHS[name])


def _day(day: str, month: str, year: str, shown: str) -> date:
    if len(year) == 2:
        raise CellFaultError(f"“{shown}” has a year of two numbers.", "Write the year with four numbers.")
    if int(month) > 12:
        raise CellFaultError(
            f"“{shown}” has no month {int(month)}.", "Write the day first, then the month: 31/12/2020."
        )
    try:
        return _sensible(date(int(year), int(month), int(day)))
    except ValueError as error:
        if isinstance(error, CellFaultError):
            raise
        raise CellFaultError(f"“{shown}” is not a real date.", "There is no such day. Correct it.") from None


def _sensible(day: date) -> date:
    if day.year < FIRST_YEAR:
        raise CellFaultError(f"The year {day.year} cannot be.", f"The year must be {FIRST_YEAR} or later.")
    return day


def read_time(value: object) -> time | None:
    """The time of a cell; None where nothing stands in it."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * 24 * 60) % (24 * 60)
        return time(minutes // 60, minutes % 60)
    text = " ".join(str(value if value is not None else "").casefold().split())
    if not text:
        return None
    shown, write = str(value).strip()[:60], "Write it as 14:30, or leave it empty and say it in the event."
    match = _FOUR.match(text) or _TIME.match(text)
    is_clock = match is not None and (match[2] is not None or (match.re is _TIME and match[3] is not None))
    if match is None or not is_clock:
        raise CellFaultError(f"“{shown}” is not a time.", write)
    hour, minute = int(match[1]), int(match[2] or 0)
    half = (match[3] or "").replace(".", "") if match.re is _TIME else ""
    if half and not 1 <= hour <= 12:
        raise CellFaultError(f"“{shown}” is not a time.", write)
    hour = hour % 12 + 12 if half == "pm" else hour % 12 if half == "am" else hour
    if hour > 23 or minute > 59:
        raise CellFaultError(f"“{shown}” is not a time.", write)
    return time(hour, minute)
