"""Keeping names out: a report speaks of cases by reference and of children by pseudonym.

The figures come from structured fields that hold no name. What people write (commentary, why something was late) is
compared with the names and birth dates of every child on record. Nothing here says which name was found: the answer
must not tell a reader something about a case that is walled off from them.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from referrals.models import Child

# Parts of what is written in a name field that are no name.
_NO_NAMES = frozenset(
    {
        "aka",
        "also",
        "and",
        "baby",
        "boy",
        "child",
        "daughter",
        "father",
        "female",
        "formerly",
        "girl",
        "infant",
        "known",
    }
    | {"male", "miss", "mother", "mr", "mrs", "ms", "not", "of", "or", "sibling", "son", "the", "triplet", "twin"}
    | {"unborn", "unknown", "unnamed", "as", "in", "is", "it", "no"}
)
_MONTHS = [date(2000, number, 1).strftime("%B").lower() for number in range(1, 13)]
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


@dataclass(frozen=True)
class KnownNames:
    """Single words (folded) of two letters or more, and birth dates."""

    words: frozenset[str]
    dates: frozenset[date]

    def are_in(self, text: str) -> bool:
        """Whether `text` holds a known name (any one part of it, written with a capital) or a known birth date."""
        return self._has_name(text) or self._has_date(text)

    def _has_name(self, text: str) -> bool:
        matches = list(_WORD.finditer(text))
        known = [_fold(match.group()).removesuffix("'s") in self.words for match in matches]
        return any(
            is_known and match.group()[0].isupper() and not _is_month(text, match)
            for match, is_known in zip(matches, known, strict=True)
        ) or any(one and other for one, other in pairwise(known))  # two side by side are a name, however written

    def _has_date(self, text: str) -> bool:
        plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", _fold(text)).replace(" of ", " ")
        return any(
            re.search(rf"(?<!\d){re.escape(spelling)}(?!\d)", plain)
            for day in self.dates
            for spelling in _spellings(day)
        )


def known_names() -> KnownNames:
    """The names and birth dates of every child on record, recorded or still in a draft."""
    words: set[str] = set()
    dates: set[date] = set()
    for name, other_names, born in Child.objects.values_list("name", "other_names", "date_of_birth"):
        words.update(word for word in _words(f"{name} {other_names}") if len(word) >= 2 and word not in _NO_NAMES)
        if born:
            dates.add(born)
    return KnownNames(frozenset(words), frozenset(dates))


def _fold(text: str) -> str:
    """Without case, accents and typographic apostrophes, so that one spelling finds the other."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _words(text: str) -> list[str]:
    return [_fold(word) for word in _WORD.findall(text)]


def _is_month(text: str, match: re.Match[str]) -> bool:
    """ "May 2026" and "12 May" are dates, although a child may be called May."""
    if match.group().casefold() not in _MONTHS:
        return False
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    return after[:1].isdigit() or bool(re.search(r"\d(st|nd|rd|th)?$", before))


def _spellings(day: date) -> list[str]:
    month = _MONTHS[day.month - 1]
    words = [f"{day.day} {name} {year}" for name in (month, month[:3]) for year in (day.year, f"{day:%y}")]
    padded = [f"{day:%d} {name} {day.year}" for name in (month, month[:3])]
    american = [f"{name} {day.day} {day.year}" for name in (month, month[:3])]
    numbers = [
        f"{d}{sep}{m}{sep}{y}"
        for sep in "/.-"
        for d in {str(day.day), f"{day:%d}"}
        for m in {str(day.month), f"{day:%m}"}
        for y in (str(day.year), f"{day:%y}")
    ]
    return [*words, *padded, *american, *numbers, day.isoformat()]
