"""What a chapter is built of: plain JSON values that a PDF and a Word file can both show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from chronology.names import People
from deadlines.working_days import WorkingCalendar
from rapid_reviews.choices import Naming
from rapid_reviews.contents import Contents
from rapid_reviews.models import RapidReview
from referrals.models import Child, Referral

Block = dict[str, Any]
NOTHING = "Nothing is written here yet."


@dataclass(frozen=True)
class Source:
    """What every chapter may read: the review's contents, the people of the case, and how they are to be named."""

    contents: Contents
    people: People
    naming: Naming
    calendar: WorkingCalendar

    @property
    def review(self) -> RapidReview:
        return self.contents.review

    @property
    def case(self) -> Referral:
        return self.review.referral

    @property
    def with_names(self) -> bool:
        return self.naming == Naming.FULL

    @cached_property
    def children(self) -> list[Child]:
        return list(self.case.children.prefetch_related("known_to__involved_agency__agency"))

    def text(self, written: str) -> str:
        """Free text: as it was written, or with pseudonyms where names are known."""
        return self.people.text(written)

    def child(self, child: Child) -> str:
        return f"{child} ({child.name})" if self.with_names and child.name else str(child)


def heading(text: str) -> Block:
    return {"type": "heading", "text": text}


def prose(text: str) -> Block:
    """Text as people wrote it: empty lines part paragraphs."""
    parts = [" ".join(part.split("\n")) for part in text.replace("\r", "").split("\n\n")]
    return {"type": "prose", "paragraphs": [part.strip() for part in parts if part.strip()] or [NOTHING]}


def facts(caption: str, rows: Iterable[tuple[str, str]]) -> Block:
    """Labels with their values, as a table with a header in each row."""
    return {"type": "facts", "caption": caption, "rows": [[label, value] for label, value in rows]}


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Block:
    return {"type": "table", "caption": caption, "columns": list(columns), "rows": [list(row) for row in rows]}


def say(day: date | datetime | None) -> str:
    """ "3 December 2026", as a date of Europe/London."""
    local = timezone.localdate(day) if isinstance(day, datetime) else day
    return date_format(local, "j F Y") if local else ""
