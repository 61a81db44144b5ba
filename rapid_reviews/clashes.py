"""Two people saved the same thing: what each changed, and both put together, for the page that asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapid_reviews import merging
from rapid_reviews.merging import Piece
from rapid_reviews.models import Section
from rapid_reviews.models.structured import Versioned
from rapid_reviews.versions import fields_at


@dataclass(frozen=True)
class Side:
    """One field as it stands on both sides, with what each changed."""

    label: str
    theirs: list[Piece]
    mine: list[Piece]
    their_text: str
    my_text: str
    conflicts: int


@dataclass(frozen=True)
class Clash:
    """`saved` is what stands; `merged` what the boxes hold now; only fields that differ have a side."""

    saved: Section | Versioned
    sides: Sequence[Side]
    merged: Mapping[str, str]

    @property
    def conflicts(self) -> int:
        return sum(side.conflicts for side in self.sides)


def clash_of(
    saved: Section | Versioned, mine: Mapping[str, Any], *, version: int, labels: Mapping[str, str], long: Sequence[str]
) -> Clash:
    """`mine` was written over `version`. Texts in `long` are merged by paragraph; of the others yours stands."""
    base = fields_at(saved, version, list(labels))
    sides, merged = [], {}
    for name, label in labels.items():
        was, my_text, their_text = (_text(value) for value in (base[name], mine.get(name), getattr(saved, name)))
        both = merging.merge(was, my_text, their_text, their_name=str(saved.updated_by))
        merged[name] = both.text if name in long else my_text
        if my_text != their_text:
            sides.append(
                Side(
                    label=label,
                    theirs=merging.changes(was, their_text),
                    mine=merging.changes(was, my_text),
                    their_text=their_text,
                    my_text=my_text,
                    conflicts=both.conflicts if name in long else 1,
                )
            )
    return Clash(saved, sides, {name: merged[name] for name in long})


def _text(value: Any) -> str:
    if hasattr(value, "strftime"):
        return f"{value.day} {value:%B %Y}"
    return "" if value is None else str(value)
