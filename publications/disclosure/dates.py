"""Dates in running text, however they are written (a leaf)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from publications.disclosure.folding import Folded
from publications.disclosure.known import Day, Match

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
NUMBER_OF = {month[:length]: number for number, month in enumerate(MONTHS, 1) for length in (3, len(month))}
NUMBER_OF |= {"sept": 9}
UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
         "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
         "twentieth")  # fmt: skip
ORDINALS = {word: number for number, word in enumerate(UNITS, 1)} | {"thirtieth": 30}
for _number, _word in enumerate(UNITS[:9], 1):
    ORDINALS |= {f"twenty-{_word}": 20 + _number, f"twenty {_word}": 20 + _number}
ORDINALS |= {"thirty-first": 31, "thirty first": 31}

_MONTH = rf"(?P<month>{'|'.join(sorted(NUMBER_OF, key=len, reverse=True))})\.?"
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_DAY = rf"(?P<day>\d{{1,2}}(?: ?(?:st|nd|rd|th))?|{_ORDINAL})"
_YEAR = r"(?P<year>\d{4}|'?\d{2}(?![\d:.]?\d))"
_RANGE = r"(?:(?P<first>\d{1,2})(?:st|nd|rd|th)? ?(?:-|/|to|and|or|&) ?(?:the )?)?"
SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # 3 May 2019, 3rd of May, 2019, third of May 2019, 3-May-19, 3May2019, 3-5 May 2019
        rf"(?<![\w./]){_RANGE}{_DAY}(?:[ -]?(?:day )?of)?[ .,-]*{_MONTH}(?:[ ,.-]*{_YEAR})?(?![a-z\d])",
        # May 3rd, 2019; May the 3rd
        rf"(?<![a-z\d]){_MONTH} ?(?:the )?{_DAY}(?![\d:])(?:,? (?:of )?(?P<year>\d{{4}}))?(?![a-z\d])",
        # 2019-05-03, 2019/5/3, 2019.05.03, 20190503
        r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<sign>[-/. ]?)(?P<number>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d)",
        # 3/5/19, 03.05.2019, 3-5-2019, 3 / 5 / 2019
        r"(?<![\d/.])(?P<day>\d{1,2}) ?(?P<sign>[-/.]) ?(?P<number>\d{1,2}) ?(?P=sign) ?(?P<year>\d{4}|\d{2})(?![\d/])",
    )
)
PIVOT = 40  # '39 is 2039, '40 is 1940: dates of birth of grandparents are rarer than those of children


@dataclass(frozen=True)
class Written:
    """A date as it was written; `year` is None where none stands there."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    may_be_turned: bool = False  # "5/3/2019" may be month first

    def says(self, day: Day) -> bool:
        """Whether this is `day`, or may be taken for it."""
        if self.year is None:
            return day.without_year and (self.day, self.month) == (day.on.day, day.on.month)
        same = (self.day, self.month) == (day.on.day, day.on.month)
        turned = self.may_be_turned and (self.month, self.day) == (day.on.day, day.on.month)
        return self.year == day.on.year and (same or turned)


def written(plain: str) -> Iterator[Written]:
    """All dates in folded text, those of a range ("3 to 5 May 2019") each by itself."""
    for shape in SHAPES:
        for found in shape.finditer(plain):
            yield from _of(found)


def _of(found: re.Match[str]) -> Iterator[Written]:
    parts = found.groupdict()
    month = int(parts["number"]) if parts.get("number") else NUMBER_OF[parts["month"]]
    days = [_day(parts["day"])] + ([int(parts["first"])] if parts.get("first") else [])
    turned = bool(parts.get("sign")) and bool(parts.get("number"))
    for day in days:
        if _is_real(day, month) or (turned and _is_real(month, day)):
            yield Written(found.start(), found.end(), day, month, _year(parts.get("year")), turned)


def _day(text: str) -> int:
    return ORDINALS[text] if text in ORDINALS else int(re.sub(r"\D", "", text))


def _year(text: str | None) -> int | None:
    digits = re.sub(r"\D", "", text or "")
    if not digits:
        return None
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= PIVOT else 2000)


def _is_real(day: int, month: int) -> bool:
    if not 1 <= month <= 12:
        return False
    try:
        date(2024, month, day)  # a leap year: 29 February is a day of some year
    except ValueError:
        return False
    return True


def find(folded: Folded, days: list[Day]) -> list[Match]:
    """Where one of `days` stands, whole, or without its year for those that tell somebody even so."""
    matches = []
    for one in written(folded.plain):
        for day in days:
            if one.says(day):
                weight = 2 if one.year is not None else 1
                known = f"{day.on.day} {day.on:%B %Y}"
                matches.append(Match(one.start, one.end, day.kind, day.label, known, weight))
                break
    return matches
