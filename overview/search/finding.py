"""Who finds what. The wall of each hit is its model's own `visible_to`; names are found by those who may see them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.core.paginator import Paginator
from django.db.models import F, Q

from actions.models import Action
from overview.choices import Kind
from overview.models import SearchEntry
from overview.search.sources import VISIBLE
from overview.search.words import Part, query_of, snippet, words_of
from panel.permissions import Permission, can
from referrals.models import Referral

MOST = 1_000  # candidates that are looked at: who finds more needs another word
PAGE = 20
REFERENCE = re.compile(r"(?:([a-z]+)[\s/-]*)?(\d{4})[\s/-]+(\d{1,6})", re.IGNORECASE)


@dataclass(frozen=True)
class Hit:
    """One line of the results."""

    kind: str
    title: str
    url: str
    on: date | None
    parts: Sequence[Part]


@dataclass(frozen=True)
class Results:
    """What was found, a page of it with words; `counts` are by kind, whatever kind is shown."""

    words: Sequence[str]
    hits: Sequence[Hit] = ()
    page: Any = None
    counts: Sequence[tuple[str, str, int]] = ()
    is_cut: bool = False

    @property
    def total(self) -> int:
        return sum(number for _, _, number in self.counts)


def jump(user: Any, asked: str, *, on: date) -> str:
    """The address of the case or action whose reference `asked` is ("CSPR-2026-014", "2026-14"); else empty."""
    match = REFERENCE.fullmatch(asked.strip())
    if match is None:
        return ""
    prefix, year, number = match.groups()
    tail = f"{year}-0*{int(number)}$"
    wanted = Q(reference__iregex=rf"^{prefix}-{tail}" if prefix else rf"-{tail}")
    cases = Referral.objects.visible_to(user, on=on).recorded().filter(wanted)
    actions = Action.objects.visible_to(user, on=on).filter(wanted)
    found = list(cases.order_by("pk")[:2])
    if prefix or not found:
        found += list(actions.order_by("pk")[:2])
    return found[0].get_absolute_url() if len(found) == 1 else ""


def search(
    user: Any, asked: str, *, on: date, kind: str = "", page: Any = 1, without: frozenset[str] = frozenset()
) -> Results:
    """What `user` finds by all the words of `asked`, best first, as if the cases in `without` did not exist.

    Two queries, and one for each kind that is found.
    """
    words = words_of(asked)
    reading = "named" if can(user, Permission.SEE_NAMES, on=on) else "plain"
    ids = _candidates(user, words, reading, without, on=on)
    seen = _seen(user, ids[:MOST], on=on)
    numbers = Counter(kind for _, kind in seen)
    counts = [(one.value, one.label, numbers[one.value]) for one in Kind if numbers[one.value]]
    shown = Paginator([pk for pk, one in seen if kind in ("", one)], PAGE).get_page(page)
    entries = SearchEntry.objects.in_bulk(list(shown.object_list))
    hits = [_hit(entries[pk], words, reading) for pk in shown.object_list if pk in entries]
    return Results(words, hits, shown, counts, is_cut=len(ids) > MOST)


def _candidates(
    user: Any, words: Sequence[str], reading: str, without: frozenset[str], *, on: date
) -> list[tuple[int, str, int]]:
    """(entry, kind, object) by rank, the newest first among equals: at most so many, from cases that `user` sees."""
    query = query_of(words)
    if query is None:
        return []
    seen = Referral.objects.visible_to(user, on=on).recorded().exclude(reference__in=without).order_by().values("pk")
    walls = Q(referral__in=seen) | Q(referral__isnull=True)
    matching = SearchEntry.objects.filter(walls, **{f"{reading}_words": query}).order_by()
    ranked = SearchEntry.objects.filter(pk__in=matching.values("pk")[: MOST + 1])
    ranked = ranked.annotate(rank=SearchRank(F(f"{reading}_words"), query))
    rows = ranked.order_by("-rank", F("on").desc(nulls_last=True), "pk")
    return list(rows.values_list("pk", "kind", "object_id"))


def _seen(user: Any, rows: Sequence[tuple[int, str, int]], *, on: date) -> list[tuple[int, str]]:
    """(entry, kind) of those whose row exists for `user` this moment, in the same order."""
    visible: dict[str, set[int]] = {}
    for kind in {kind for _, kind, _ in rows}:
        wanted = [object_id for _, one, object_id in rows if one == kind]
        found = VISIBLE[Kind(kind)](user, on).filter(pk__in=wanted).order_by()
        visible[kind] = set(found.values_list("pk", flat=True))
    return [(pk, kind) for pk, kind, object_id in rows if object_id in visible[kind]]


def _hit(entry: SearchEntry, words: Sequence[str], reading: str) -> Hit:
    text = entry.named if reading == "named" else entry.plain
    return Hit(entry.get_kind_display(), entry.title, entry.url, entry.on, snippet(text, words))
