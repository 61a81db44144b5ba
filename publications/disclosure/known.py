"""What a case knows about its people, in the shape in which the finders look for it (a leaf)."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from publications.disclosure.choices import Kind


@dataclass(frozen=True, order=True)
class Person:
    """Somebody with a name. `label` is neutral ("Child A"); `names` are all that they are called, in full."""

    kind: Kind
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, order=True)
class Day:
    """A date that tells who somebody is. `without_year`: it does so even as "4 May"."""

    kind: Kind
    label: str
    on: date
    without_year: bool = False


@dataclass(frozen=True, order=True)
class Fact:
    """Any other thing that is known: an address, a school, a number. `value` as it was written down."""

    kind: Kind
    label: str
    value: str


@dataclass
class Known:
    """Everything together. `organisations` are names that may stand in properties; `short_forms` maps a given name to
    what it is shortened to; `ordinary` are words that are names too ("may", "rose")."""

    people: list[Person] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    short_forms: dict[str, frozenset[str]] = field(default_factory=dict)
    ordinary: frozenset[str] = frozenset()

    def add_fact(self, kind: Kind, label: str, value: str) -> None:
        value = " ".join(value.split())
        if value:
            self.facts.append(Fact(kind, label, value))

    def fingerprint(self) -> str:
        """SHA-256 of all that is known, to tell later whether more has become known. Tells nothing of its content."""
        told: dict[str, Any] = {
            "people": sorted(map(asdict, self.people), key=str),
            "days": sorted(map(asdict, self.days), key=str),
            "facts": sorted({str(asdict(fact)) for fact in self.facts}),
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Match:
    """A place in one folded text that tells something: `start` and `end` count in `Folded.plain`."""

    start: int
    end: int
    kind: Kind
    label: str
    matches: str  # what is known, for those who may see names
    weight: int = 1  # of two matches at one place the heavier, then the longer, stays
