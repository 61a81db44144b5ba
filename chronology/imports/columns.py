"""The columns of the template, and the names under which they come back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`also` are other headings for the same, already in the form of `plain`."""

    name: str
    heading: str
    about: str
    required: bool = False
    also: tuple[str, ...] = ()
    width: int = 20


COLUMNS = (
    Column("happened_on", "Date", "The day of the event: 03/05/2020, a date cell, 3 May 2020, about 3 May 2020, "
           "March 2019, or 2019. Day first, year with four numbers.", True,
           ("date of event", "event date", "date of contact", "when", "date of incident", "date dd mm yyyy"), 18),
    Column("happened_time", "Time", "If known: 14:30 or 2.30pm. Leave it empty otherwise.", False,
           ("time of event", "event time", "time of contact"), 10),
    Column("source", "Source", "Where this is written down, such as “GP record” or “Police log 123”.", False,
           ("source of information", "source of evidence", "record"), 24),
    Column("event", "Event", "What happened, in full sentences. Facts, not opinions.", True,
           ("what happened", "event details", "details of event", "description", "details", "significant event",
            "event contact", "contact"), 60),
    Column("who", "Who was involved", "Professionals by role; family members as you know them.", False,
           ("who", "people involved", "persons involved", "involved", "professionals involved"), 28),
    Column("children", "Children", "“All”, or the children concerned, with semicolons: Child A; Child B.", False,
           ("child", "children concerned", "which child", "child concerned", "name of child"), 20),
    Column("child_seen", "Child seen?", "Whether these children were seen: yes, no, not applicable or not known.",
           False, ("child seen", "was the child seen", "seen", "child seen y n", "was child seen"), 14),
    Column("response", "Response", "What was done about it.", False,
           ("response or outcome", "action taken", "outcome", "action", "actions taken", "response outcome"), 40),
    Column("comment", "Comment", "Your agency’s own comment or analysis.", False,
           ("comments", "analysis", "notes", "agency comment", "comment analysis"), 40),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
_KNOWN = {name: column for column in COLUMNS for name in (column.heading.lower().rstrip("?"), *column.also)}


def plain(heading: object) -> str:
    """A heading without capitals, punctuation and what stands in brackets: "Date (dd/mm/yyyy) *" → "date"."""
    text = re.sub(r"\([^)]*\)", " ", str(heading or "").casefold())
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def column_for(heading: object) -> Column | None:
    return _KNOWN.get(plain(heading))


def recognised(headings: Iterable[object]) -> int:
    """How many different columns of ours a line names."""
    return len({column.name for heading in headings if (column := column_for(heading)) is not None})
