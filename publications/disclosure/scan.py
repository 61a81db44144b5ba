"""All findings in what a file and a web text say. Knows no database; the caller gives what is known."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from publications.disclosure import dates
from publications.disclosure.choices import Kind, Where
from publications.disclosure.folding import Folded, fold, words_in
from publications.disclosure.known import Known, Match
from publications.disclosure.names import Names
from publications.disclosure.passages import Leftover, Passage, Reading
from publications.disclosure.patterns import Patterns
from publications.disclosure.schools import Schools

AROUND = 60  # characters of context on either side
NEAR = 20  # of which these make the fingerprint, so that what changes farther off does not make a finding new
MOST_PLACES = 200


@dataclass
class Hit:
    """One finding: everything that the same words at the same kind of place are, on however many pages."""

    kind: Kind
    where: Where
    label: str  # neutral: whose or what it is
    matches: str  # what is known; with `found`, `before` and `after` only for those who may see names
    found: str
    before: str
    after: str
    fingerprint: str
    pages: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    times: int = 1


def scan(readings: Iterable[Reading], known: Known) -> list[Hit]:
    """The findings in the order of their kinds and places. Equal ones are one, with all its places."""
    readings = list(readings)
    folded = [(passage, fold(passage.text)) for reading in readings for passage in reading.passages]
    names, patterns = Names(known, _small_words(folded)), Patterns(known.facts)
    schools = Schools(known.facts, known.ordinary)
    hits: dict[str, Hit] = {}
    for passage, text in folded:
        matches = [*names.find(text), *dates.find(text, known.days), *patterns.find(text), *schools.find(text)]
        for match in _apart(matches):
            _keep(hits, _hit(passage, text, match), passage)
    for reading in readings:
        for leftover in [*reading.leftovers, *_properties(reading, known)]:
            _keep(hits, _left(leftover), Passage("", leftover.where, page=leftover.page))
    order = list(Kind)
    return sorted(hits.values(), key=lambda hit: (order.index(hit.kind), hit.pages[:1], hit.paragraphs[:1]))


def _small_words(folded: list[tuple[Passage, Folded]]) -> frozenset[str]:
    return frozenset(word.text for _, text in folded for word in text.words if not word.is_capital)


def _apart(matches: list[Match]) -> list[Match]:
    """Of matches that overlap the heaviest, then the longest."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda one: (-one.weight, one.start - one.end, one.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return kept


def _hit(passage: Passage, folded: Folded, match: Match) -> Hit | None:
    """None where the place is read elsewhere."""
    start, end = folded.span(match.start, match.end)
    where = passage.place_of(start, end)
    if where is None:
        return None
    text = passage.text
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    near = _letters(folded.plain[max(0, match.start - NEAR) : match.end + NEAR])
    told = f"{match.kind}|{where}|{match.label}|{_letters(folded.plain[match.start : match.end])}|{near}"
    return Hit(match.kind, where, match.label, match.matches, text[start:end], before, after, _digest(told))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _left(leftover: Leftover) -> Hit:
    told = f"{leftover.kind}|{leftover.where}|{leftover.text}|{leftover.page or ''}"
    return Hit(leftover.kind, leftover.where, leftover.text, "", "", "", "", _digest(told))


def _properties(reading: Reading, known: Known) -> Iterable[Leftover]:
    """Whoever wrote or commented it, unless that is one of the partnership's organisations."""
    ours = {tuple(words_in(name)) for name in known.organisations}
    names = [name for name in dict.fromkeys(reading.people) if name.strip() and tuple(words_in(name)) not in ours]
    if names:
        count = len(names)
        text = f"The file tells {count} name{'' if count == 1 else 's'} of who wrote, changed or commented on it."
        yield Leftover(Kind.PROPERTY, text, Where.PROPERTIES)


def _keep(hits: dict[str, Hit], hit: Hit | None, passage: Passage) -> None:
    if hit is None:
        return
    there = hits.setdefault(hit.fingerprint, hit)
    if there is not hit:
        there.times += 1
    for places, place in ((there.pages, passage.page), (there.paragraphs, passage.paragraph)):
        if place is not None and place not in places and len(places) < MOST_PLACES:
            places.append(place)
