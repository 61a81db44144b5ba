"""Names and pseudonyms of the people of a case, for showing rows either way and for searching in them.

People are all rows of the case with a name and a pseudonym: its children, and whoever else `referrals` knows. Free text
may hold names that nobody recorded; every page and export says so.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Model

from referrals.models import Child, Referral

STILL = "Free text may still hold names that are not recorded in the case."
WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 3  # a name of two letters is a word more often than a name


def _models() -> list[type[Model]]:
    """The models of the case's people, whichever there are."""
    found = {relation.related_model for relation in Referral._meta.related_objects if relation.one_to_many}
    named = [model for model in found if {"name", "pseudonym"} <= {field.name for field in model._meta.concrete_fields}]
    return sorted(named, key=lambda model: str(model._meta.label))


class People:
    """The people of one case. One query for each kind of people."""

    def __init__(self, referral: Referral, *, with_names: bool) -> None:
        self.with_names = with_names
        everybody: list[Any] = [
            person for model in _models() for person in model._default_manager.filter(referral=referral).order_by("pk")
        ]
        self.children: list[Child] = sorted(
            (person for person in everybody if isinstance(person, Child)), key=lambda child: child.position
        )
        self._pseudonyms = {str(person): person.name for person in everybody if person.name}
        self._called = dict(_called((str(person), person) for person in everybody))

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        return _pattern(self._called)

    @cached_property
    def _stand_ins(self) -> re.Pattern[str] | None:
        return _pattern(self._pseudonyms)

    def text(self, text: str) -> str:
        """Free text as this reader sees it: as it was written, or with pseudonyms where names are known."""
        if self.with_names or self._names is None:
            return text
        return self._names.sub(lambda found: self._called[found[0].casefold()], text)

    def computed(self, text: str) -> str:
        """A sentence of ours, which names by pseudonym."""
        if not self.with_names or self._stand_ins is None:
            return text
        names = {pseudonym.casefold(): name for pseudonym, name in self._pseudonyms.items()}
        return self._stand_ins.sub(lambda found: names[found[0].casefold()], text)

    def child(self, child: Child) -> str:
        return child.name if self.with_names and child.name else str(child)

    def asked(self, text: str) -> list[str]:
        """What to search for when somebody asks for `text`: a pseudonym stands for its names too.

        Those who see pseudonyms only cannot find by name: a hit would tell who the name's bearer is. Then empty.
        """
        text = " ".join(text.split())
        if not self.with_names and any(self._is_name(word) for word in WORD.findall(text.casefold())):
            return []
        more = [called for called, pseudonym in self._called.items() if pseudonym.casefold() == text.casefold()]
        return [text, *more] if text else []

    @property
    def in_sql(self) -> str:
        """PostgreSQL's regular expression for a name as a whole word; empty where nobody is named."""
        return rf"\m(?:{'|'.join(_longest_first(self._called))})\M" if self._called else ""

    def _is_name(self, word: str) -> bool:
        """Stems count, since full text finds "Rowans" by "Rowan"."""
        return len(word) >= SHORTEST and any(
            part.startswith(word) or word.startswith(part)
            for name in self._called
            for part in WORD.findall(name)
            if len(part) >= SHORTEST and part not in {"child", "family"}
        )


def _called(people: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, str]]:
    """What people are called (casefolded) → pseudonym. A family name alone says whose family, not who."""
    first: dict[str, set[str]] = {}
    family: set[str] = set()
    for pseudonym, person in people:
        names = [person.name, *getattr(person, "other_names", "").split(",")]
        for name in (" ".join(name.split()) for name in names):
            words = name.split()
            if words:
                first.setdefault(name.casefold(), set()).add(pseudonym)
                first.setdefault(words[0].casefold(), set()).add(pseudonym)
            if len(words) > 1:
                family.add(words[-1].casefold())
    for name in family - set(first):
        if len(name) >= SHORTEST:
            yield name, "[family name]"
    for name, whose in first.items():
        if len(name) >= SHORTEST:
            yield name, whose.pop() if len(whose) == 1 else "[name]"


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words, longest first, in any case."""
    found = _longest_first(words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE) if found else None


def _longest_first(words: Iterable[str]) -> list[str]:
    return [re.escape(word) for word in sorted(words, key=len, reverse=True)]
