"""What one row says, before it is a row: checked the same way whether typed on a page or read from a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from chronology.choices import Seen
from chronology.models import Row
from core.errors import WorkflowError
from referrals.choices import Precision
from referrals.models import Child, Referral

FIRST_YEAR = 1900
LONGEST = {"event": 10_000, "who": 2_000, "source": 300, "response": 10_000, "comment": 10_000}
WITHOUT_A_DAY = (Precision.MONTH, Precision.YEAR)


@dataclass(frozen=True)
class RowFacts:
    """The facts of a row. Either all children are concerned, or those named in `children`."""

    happened_on: date
    event: str
    happened_time: time | None = None
    precision: str = Precision.EXACT
    source: str = ""
    who: str = ""
    child_seen: str = Seen.NOT_KNOWN
    response: str = ""
    comment: str = ""
    concerns_all: bool = True
    children: tuple[Child, ...] = ()

    @property
    def plain(self) -> dict[str, Any]:
        """The columns of `Row`, without the children."""
        names = ("happened_on", "happened_time", "precision", "source", "event", "who", "child_seen", "response")
        return {name: getattr(self, name) for name in (*names, "comment", "concerns_all")}


def facts_of(row: Row) -> RowFacts:
    """What stands in a row now."""
    plain = {name: getattr(row, name) for name in RowFacts.__dataclass_fields__ if name != "children"}
    return RowFacts(**plain, children=tuple(row.children.order_by("position")))


def tidy(facts: RowFacts) -> RowFacts:
    """Without spaces around texts; the day that stands for a month or year; no list of children beside "all"."""
    texts = {name: getattr(facts, name).strip() for name in LONGEST}
    day = facts.happened_on
    if facts.precision == Precision.MONTH:
        day = day.replace(day=1)
    elif facts.precision == Precision.YEAR:
        day = day.replace(month=1, day=1)
    children = () if facts.concerns_all else facts.children
    return replace(facts, **texts, happened_on=day, children=children)


def problems(facts: RowFacts, *, today: date) -> Iterator[tuple[str, str]]:
    """(field, sentence) for each thing that cannot be."""
    if not facts.event:
        yield "event", "Say what happened."
    if facts.happened_on > today:
        yield "happened_on", "The date cannot be in the future."
    if facts.happened_on.year < FIRST_YEAR:
        yield "happened_on", f"The year must be {FIRST_YEAR} or later."
    if facts.happened_time is not None and facts.precision in WITHOUT_A_DAY:
        yield "happened_time", "A time needs a day: give the whole date, or leave the time out."
    if not facts.concerns_all and not facts.children:
        yield "children", "Say which children this concerns."
    for name, longest in LONGEST.items():
        if len(getattr(facts, name)) > longest:
            yield name, f"This is longer than {longest} characters. Shorten it, or make two rows of it."


def checked(facts: RowFacts, referral: Referral, *, today: date) -> RowFacts:
    """The tidy facts; WorkflowError with the first sentence where something cannot be."""
    facts = tidy(facts)
    for _, sentence in problems(facts, today=today):
        raise WorkflowError(sentence)
    if any(child.referral_id != referral.pk for child in facts.children):
        raise WorkflowError("This child is not in this case.")
    return facts
