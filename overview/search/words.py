"""Words without case and accents, the question that they make, and where they stand in a text. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

MOST_WORDS = 10
SHORTEST_PREFIX = 3  # "ro" finds the word "ro"; "row" finds "Rowan"
BEFORE, AFTER = 80, 200  # characters of a snippet round its first hit
_ENDINGS = re.compile(r"(?<=\w{4})(ies|ing|ed|es|s)$")
_APOSTROPHES = re.compile(r"['’`]")


def _plain(letter: str) -> str:
    """One letter for one, so that a place in the folded text is the same place in the text."""
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return base if len(base) == 1 else letter


def folded(text: str) -> str:
    """ "Zoë Löwe" → "zoe lowe": as long as `text`."""
    return "".join(map(_plain, text))


def words_of(text: str) -> list[str]:
    """The words of `text` in plain small letters, an apostrophe left out: "Zoë O'Neill" → ["zoe", "oneill"]."""
    composed = unicodedata.normalize("NFC", text)
    return re.findall(r"[^\W_]+", _APOSTROPHES.sub("", folded(composed)))


def vector_of(text: str) -> CombinedExpression:
    """What is indexed: each word as it stands, for names and beginnings, and its English stem."""
    plain = Value(" ".join(words_of(text)))
    return SearchVector(plain, config="simple") + SearchVector(plain, config="english")


def query_of(words: Sequence[str]) -> SearchQuery | None:
    """All of `words`, each as the beginning of a word or by its stem; None without words."""
    whole = None
    for word in words[:MOST_WORDS]:
        start = f"{word}:*" if len(word) >= SHORTEST_PREFIX else word
        one = SearchQuery(start, config="simple", search_type="raw") | SearchQuery(word, config="english")
        whole = one if whole is None else whole & one
    return whole


@dataclass(frozen=True)
class Part:
    """A piece of a snippet, marked where it is what was asked for."""

    text: str
    is_hit: bool = False


def snippet(text: str, words: Iterable[str]) -> list[Part]:
    """The surroundings of the first hit in `text`, with every hit in them marked; the beginning where none is found."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    pattern = _pattern(words)
    plain = folded(text)
    first = pattern.search(plain) if pattern else None
    start, end = _window(text, first.start() if first else 0)
    parts = [Part("… ")] if start else []
    at = start
    for hit in pattern.finditer(plain, start, end) if pattern else ():
        parts += [Part(text[at : hit.start()]), Part(text[hit.start() : hit.end()], is_hit=True)]
        at = hit.end()
    parts.append(Part(text[at:end] + (" …" if end < len(text) else "")))
    return [part for part in parts if part.text]


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Words that begin with one asked for, or with its stem; apostrophes may stand anywhere in them."""
    stems = sorted({_ENDINGS.sub("", word) for word in words}, key=len, reverse=True)
    ways = ["['’`]?".join(map(re.escape, stem)) + (r"\w*" if len(stem) >= SHORTEST_PREFIX else r"\b") for stem in stems]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})") if ways else None


def _window(text: str, at: int) -> tuple[int, int]:
    """From a word's beginning to a word's end, round the place `at`."""
    start = max(at - BEFORE, 0)
    start = text.find(" ", start, at) + 1 or start if start else 0
    end = min(at + AFTER, len(text))
    return start, max(text.rfind(" ", at, end), at + 1) if end < len(text) else end
