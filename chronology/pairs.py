"""Two rows that may tell of one event, and two rows that cannot both be true.

Each row is compared with at most `CANDIDATES` rows that come after it in time, so that the work grows with the rows and
not with their square. Most pairs are told apart by their words alone: each row's words are bits of one number.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from rapidfuzz import fuzz, utils

from chronology.choices import FindingKind, Seen
from chronology.identity import Found, digest
from chronology.models import ConcernedChild
from chronology.models.rows import THE_PANEL
from referrals.choices import Precision
from referrals.models import Child, Referral

NEAR = 1  # days between two rows that may be one event
FAR = 14  # days within which one event may have been given two dates
CANDIDATES = 60
ALIKE, VERY_ALIKE = 78, 92  # of 100, by rapidfuzz.fuzz.token_set_ratio
BEST = 10  # of one row's likely duplicates
ENOUGH_WORDS = 5  # two short rows ("Home visit.") are alike without being one event
A_STORY = 10  # words from which on the same text on two days is one event and not a routine ("Appointment offered.")
SHARED = 0.5  # of the shorter row's words; texts that share fewer are not alike, and their letters are not compared
BITS, STEM = 512, 5  # a word is one of so many bits, by its first letters: "visited" is "visits"
SAME_CONTACT = 2 * 60  # minutes
PER_DAY = 20  # contradictions of one day for one child; more would say nothing new


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared of a row."""

    pk: int
    agency: int | None
    agency_name: str
    day: date
    at: time | None
    seen: str
    text: str
    words: int
    bits: int
    children: frozenset[int] | None  # none: all
    digest: str

    @property
    def ordinal(self) -> int:
        return self.day.toordinal()


def load(rows: Any) -> list[Compared]:
    """The rows with an exact or approximate day, in order: two queries."""
    with_a_day = rows.filter(precision__in=(Precision.EXACT, Precision.ABOUT))
    concerned: dict[int, set[int]] = {}
    links = ConcernedChild.objects.filter(row__in=with_a_day.order_by().values("pk")).order_by()
    for row, child in links.values_list("row_id", "child_id"):
        concerned.setdefault(row, set()).add(child)
    fields = ("pk", "agency_id", "agency__short_name", "happened_on", "happened_time", "precision", "child_seen")
    found = []
    for pk, agency, name, day, at, precision, seen, event in with_a_day.order_by("order", "pk").values_list(
        *fields, "event"
    ):
        text = utils.default_process(event)[:600]
        words = set(text.split())
        children = frozenset(concerned[pk]) if pk in concerned else None
        known = digest(agency, day, at, precision, seen, event, sorted(children or ()))
        found.append(
            Compared(
                pk, agency, name or THE_PANEL, day, at, seen, text, len(words), _bits(words), children, known
            )
        )  # fmt: skip
    return found


def _bits(words: set[str]) -> int:
    found = 0
    for word in words:
        found |= 1 << (zlib.crc32(word[:STEM].encode()) % BITS)
    return found


def findings(
    referral: Referral, rows: Sequence[Compared], *, only: frozenset[int] | None = None, day: date | None = None
) -> Iterator[Found]:
    """Every pair worth telling; with `only`, those in which one of these rows (of that `day`) stands."""
    children = {child.pk: child for child in Child.objects.filter(referral=referral)}
    wanted = _wanted(rows, only, day)
    yield from (_found(*pair) for pair in _alike(rows, wanted))
    yield from (_found(*pair) for pair in _seen(rows, wanted, children))


Wanted = frozenset[int] | None
Pair = tuple[str, Compared, Compared, Child | None, str]


def _wanted(rows: Sequence[Compared], only: frozenset[int] | None, day: date | None) -> Wanted:
    if only is None:
        return None
    return frozenset(row.pk for row in rows if row.pk in only and row.day == day)


def _is_wanted(first: Compared, then: Compared, wanted: Wanted) -> bool:
    """Whether the pair is asked for. Two changed rows of different days are found from the earlier one's side."""
    return wanted is None or first.pk in wanted or then.pk in wanted


def _alike(rows: Sequence[Compared], wanted: Wanted) -> Iterator[Pair]:
    ratio = fuzz.token_set_ratio
    for row, candidates in _windows(rows, wanted):
        scored = []
        for other in candidates:
            score = ratio(row.text, other.text, score_cutoff=ALIKE)
            if score:
                scored.append((score, other))
        scored.sort(key=lambda one: -one[0])
        for score, other in scored[:BEST]:
            yield from _told(row, other, score)


def _told(row: Compared, other: Compared, score: float) -> Iterator[Pair]:
    apart = (other.day - row.day).days
    if apart <= NEAR:
        when = "on the same day" if apart == 0 else "a day apart"
        who = f"{row.agency_name} and {other.agency_name}"
        why = f"{who} tell of something alike {when} (text {score:.0f}% alike)."
        yield FindingKind.DUPLICATE, row, other, None, why
    elif score >= VERY_ALIKE and min(row.words, other.words) >= A_STORY:
        why = (
            f"{row.agency_name} and {other.agency_name} seem to tell of the same event, but give "
            f"{_said(row.day)} and {_said(other.day)} (text {score:.0f}% alike)."
        )
        yield FindingKind.DATES, row, other, None, why


def _windows(rows: Sequence[Compared], wanted: Wanted) -> Iterator[tuple[Compared, list[Compared]]]:
    """Each row with the rows of other agencies within FAR days after it that share words with it and may concern the
    same child. Written out in one loop: it runs some millions of times."""
    days = [row.ordinal for row in rows]
    for number, row in enumerate(rows):
        if row.words < ENOUGH_WORDS:
            continue
        last, looked, found = days[number] + FAR, 0, []
        agency, bits, children, size = row.agency, row.bits, row.children, row.bits.bit_count()
        for place in range(number + 1, min(number + 1 + 2 * CANDIDATES, len(rows))):
            if days[place] > last or looked == CANDIDATES:
                break
            other = rows[place]
            if other.agency == agency or other.words < ENOUGH_WORDS:
                continue
            if children is not None and other.children is not None and children.isdisjoint(other.children):
                continue
            if wanted is not None and not _is_wanted(row, other, wanted):
                continue
            looked += 1
            if (bits & other.bits).bit_count() >= SHARED * min(size, other.bits.bit_count()):
                found.append(other)
        if found:
            yield row, found


def _seen(rows: Sequence[Compared], wanted: Wanted, children: dict[int, Child]) -> Iterator[Pair]:
    """A child seen by one account and not seen by another, on one day and, where both say it, at about one time."""
    told: dict[tuple[date, int], int] = {}
    for row, other in _opposed(rows):
        if not _is_wanted(row, other, wanted) or not _one_time(row, other):
            continue
        for pk in _both(row, other, children):
            told[row.day, pk] = told.get((row.day, pk), 0) + 1
            if told[row.day, pk] <= PER_DAY:
                yield FindingKind.SEEN, row, other, children[pk], _seen_why(row, other, children[pk])


def _opposed(rows: Sequence[Compared]) -> Iterator[tuple[Compared, Compared]]:
    """Pairs of one day of which one says seen and the other not seen."""
    told = [row for row in rows if row.seen in (Seen.YES, Seen.NO)]
    for number, row in enumerate(told):
        for other in told[number + 1 : number + 1 + CANDIDATES]:
            if other.day != row.day:
                break
            if other.seen != row.seen:
                yield row, other


def _both(row: Compared, other: Compared, children: dict[int, Child]) -> list[int]:
    if row.children is None and other.children is None:
        return list(children)
    mine = set(children) if row.children is None else set(row.children)
    theirs = set(children) if other.children is None else set(other.children)
    return sorted(mine & theirs)


def _one_time(row: Compared, other: Compared) -> bool:
    if row.at is None or other.at is None:
        return True
    minutes = abs((row.at.hour - other.at.hour) * 60 + row.at.minute - other.at.minute)
    return minutes <= SAME_CONTACT


def _seen_why(row: Compared, other: Compared, child: Child) -> str:
    yes, no = (row, other) if row.seen == Seen.YES else (other, row)
    who = (
        f"{yes.agency_name} says both that {child} was seen and that the child was not seen"
        if yes.agency == no.agency
        else f"{yes.agency_name} says that {child} was seen, {no.agency_name} that the child was not"
    )
    return f"{who}, on {_said(row.day)}."


def _found(kind: str, row: Compared, other: Compared, child: Child | None, why: str) -> Found:
    who = child.pk if child is not None else None
    identity = digest(kind, row.digest, other.digest, who)
    days = (other.day - row.day).days
    return Found(kind, who, None, row.pk, other.pk, row.day, other.day, days, why, identity)


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
