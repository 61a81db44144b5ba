"""Which cases may be about the same child, and why: found by the kept normal forms, ranked by likeness, said in words.

No suggestion carries a name or a date of birth, so it may stand on a page for people who read pseudonyms only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz

from panel.models import User
from referrals.choices import LinkKind, PersonRole
from referrals.models import CaseLink, Child, NameKey, Referral, RelatedPerson
from referrals.names import all_names, sought, sounds, turned, words_of

POSSIBLE, LIKELY, VERY_LIKELY = 70, 80, 92  # of 100
SHOWN = 6
Somebody = Child | RelatedPerson


@dataclass(frozen=True)
class Suggestion:
    """Somebody of this case may be somebody of that one. `grade` is the score in words."""

    mine: str
    theirs: str
    referral: Referral
    kind: LinkKind
    score: int
    why: tuple[str, ...]

    @property
    def grade(self) -> str:
        if self.score >= VERY_LIKELY:
            return "very likely"
        return "likely" if self.score >= LIKELY else "possible"

    @property
    def sentence(self) -> str:
        return (
            f"{self.mine} may be the same {'child' if self.kind == LinkKind.SAME_CHILD else 'person'} as {self.theirs}"
        )


def suggestions(referral: Referral, user: User, *, on: date) -> list[Suggestion]:
    """The best suggestion for each other case that `user` may see, best first. Four queries, however many cases."""
    mine: list[Somebody] = [*referral.children.all(), *referral.people.all()]
    wanted = {key for one in mine for key in sought(all_names(one.name, one.other_names), one.date_of_birth)}
    linked = {
        link.other(referral).pk for link in CaseLink.objects.running().of(referral).select_related("first", "second")
    }
    best: dict[int, Suggestion] = {}
    for theirs in _candidates(referral, user, wanted, on=on):
        if theirs.referral_id in linked:
            continue
        for one in mine:
            found = compare(one, theirs)
            if found and (theirs.referral_id not in best or best[theirs.referral_id].score < found.score):
                best[theirs.referral_id] = found
    ranked = sorted(best.values(), key=lambda found: (-found.score, found.referral.reference))
    return ranked[:SHOWN]


def _candidates(referral: Referral, user: User, wanted: set[str], *, on: date) -> Iterable[Somebody]:
    """Children and people of other recorded, visible cases that share a kept form: one query on its index."""
    visible = Referral.objects.visible_to(user, on=on).recorded().exclude(pk=referral.pk).values("pk")
    rows = NameKey.objects.filter(Q(value__in=wanted), referral__in=visible)
    rows = rows.select_related("child__referral", "person__referral").order_by("referral_id", "child_id", "person_id")
    rows = rows.distinct("referral_id", "child_id", "person_id")
    return [row.child or row.person for row in rows]


def compare(mine: Somebody, theirs: Somebody) -> Suggestion | None:
    """Compare name (six tenths) and date of birth (four tenths); None where that is not even possible.

    A name alone, where a date of birth is missing, is never more than possible.
    """
    pairs = product(all_names(mine.name, mine.other_names), all_names(theirs.name, theirs.other_names))
    names, name_why = max((_names(one, other) for one, other in pairs), default=(0.0, ""))
    born, born_why = _born(mine.date_of_birth, theirs.date_of_birth)
    score = round(names * 0.79 if born is None else names * 0.6 + born)
    if score < POSSIBLE or not name_why:
        return None
    why = tuple(words for words in (born_why, name_why) if words)
    return Suggestion(_label(mine), _label(theirs), theirs.referral, _kind(mine, theirs), score, why)


def _names(one: str, other: str) -> tuple[float, str]:
    """How alike two names are, of 100, and in words. The least alike word weighs most: siblings share a surname."""
    if sorted(words_of(one)) == sorted(words_of(other)):
        return 100.0, "the name is the same"
    if sorted(sounds(one)) == sorted(sounds(other)):
        return 95.0, "the names sound the same"
    likeness = min(_share(one, other), _share(other, one))
    return likeness, "the names are alike" if likeness >= LIKELY else "part of the name is alike"


def _share(one: str, other: str) -> float:
    best = [max(fuzz.ratio(word, theirs) for theirs in words_of(other)) for word in words_of(one)]
    return 0.4 * sum(best) / len(best) + 0.6 * min(best)


def _born(one: date | None, other: date | None) -> tuple[float | None, str]:
    if one is None or other is None:
        return None, ""
    if one == other:
        return 40.0, "the date of birth is the same"
    if turned(one) == other:
        return 36.0, "day and month of birth are the other way round"
    if one.replace(year=2000) == other.replace(year=2000) and abs(one.year - other.year) == 1:
        return 30.0, "the date of birth differs by one year"
    if abs((one - other).days) <= 31:
        return 25.0, "the dates of birth are close together"
    return 0.0, ""


def _label(one: Somebody) -> str:
    if isinstance(one, Child):
        return one.pseudonym or f"Child {one.position}"
    return one.pseudonym or one.role_words


def _kind(mine: Somebody, theirs: Somebody) -> LinkKind:
    """What a link between the two cases would be called."""
    if isinstance(mine, Child) and isinstance(theirs, Child):
        return LinkKind.SAME_CHILD
    people: list[Any] = [one for one in (mine, theirs) if isinstance(one, RelatedPerson)]
    return LinkKind.SIBLING if any(one.role == PersonRole.SIBLING for one in people) else LinkKind.HOUSEHOLD
