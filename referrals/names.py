"""Normal forms of a person's names, by which the same child is found again however the name was written.

Computed when a name is saved and kept in an indexed table (NameKey), so that likely doubles are found by one query on
an index: no extension of PostgreSQL is needed.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

import jellyfish

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "baby"})
LONGEST = 200  # characters of a kept form


def words_of(name: str) -> list[str]:
    """The words of a name in plain small letters: "O'Neill-Šmith, Zoë" → ["oneill", "smith", "zoe"]."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"['’`]", "", plain)
    found = re.sub(r"[^\w]+|_", " ", plain).split()
    return [word for word in found if word not in TITLES] or found


def all_names(name: str, other_names: str) -> list[str]:
    """The full name and each of the other names ("Ro, Rowan Sample"), each once; a nickname with the surname."""
    surname = words_of(name)[-1:] if len(words_of(name)) > 1 else []
    found = [name.strip()]
    for one in re.split(r"[,;/\n]", other_names):
        alone = len(words_of(one)) == 1
        found.append(" ".join([one.strip(), *(surname if alone else [])]))
    return list(dict.fromkeys(one for one in found if words_of(one)))


def sounds(name: str) -> list[str]:
    """How each word of the name sounds, whatever its spelling."""
    return [jellyfish.metaphone(word) or word.upper() for word in words_of(name)]


def turned(day: date) -> date | None:
    """The date with day and month in each other's place: the usual slip. None where that is no date or the same."""
    try:
        other = date(day.year, day.day, day.month)
    except ValueError:
        return None
    return other if other != day else None


def keys(names: Iterable[str], born: date | None) -> set[str]:
    """The forms to keep: whole name, whole sound, each sound with the year of birth, date of birth."""
    found = {f"born {born.isoformat()}"} if born else set()
    for name in names:
        heard = sounds(name)
        found |= {f"name {' '.join(sorted(words_of(name)))}", f"sound {' '.join(sorted(heard))}"}
        found |= {f"year {born.year} {sound}" for sound in heard} if born else set()
    return {key[:LONGEST] for key in found}


def sought(names: Iterable[str], born: date | None) -> set[str]:
    """The forms to look for: the same, and what a slip in the date of birth would have made of them."""
    names = list(names)
    found = keys(names, born)
    if born is None:
        return found
    other = turned(born)
    if other:
        found.add(f"born {other.isoformat()}")
    for year in (born.year - 1, born.year + 1):
        found |= {f"year {year} {sound}"[:LONGEST] for name in names for sound in sounds(name)}
    return found
