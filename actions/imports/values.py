"""Cells of an action log as people write them. What could be read in two ways is a fault, not a guess."""

import calendar
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from actions.choices import Rag
from actions.states import Status
from chronology.imports.dates import read_date
from chronology.imports.faults import CellFaultError
from panel.models import Agency
from referrals.choices import Precision

WRITE = "Write the day: 31/03/2026."
OURS = re.compile(r"ACT-\d{4}-\d{3,6}")
_SHORT_YEAR = re.compile(r"^(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{2})$")
_LEADING = re.compile(
    r"^(?:by|due|before)\s+(?=\S)|^(?:by\s+)?(?:the\s+)?end\s+of\s+(?=[a-z]+\s+\d{4}$)", re.IGNORECASE
)

STATUSES = {
    "": "", "open": Status.OPEN, "ongoing": Status.OPEN, "on going": Status.OPEN, "in progress": Status.OPEN,
    "not started": Status.OPEN, "started": Status.OPEN, "on track": Status.OPEN, "overdue": Status.OPEN,
    "on target": Status.OPEN, "outstanding": Status.OPEN, "delayed": Status.OPEN, "live": Status.OPEN,
    "complete": Status.CLAIMED, "completed": Status.CLAIMED, "done": Status.CLAIMED,
    "claimed complete": Status.CLAIMED,
    "complete evidence seen": Status.CLAIMED, "achieved": Status.CLAIMED,
    "closed": Status.CLOSED, "archived": Status.CLOSED, "signed off": Status.CLOSED,
    "completed and closed": Status.CLOSED,
    "cancelled": Status.CANCELLED, "no longer required": Status.CANCELLED, "superseded": Status.CANCELLED,
    "withdrawn": Status.CANCELLED, "proposed": Status.PROPOSED, "draft": Status.PROPOSED,
}  # fmt: skip
RAGS = {
    "": "", "none": "", "n/a": "", "-": "", "r": Rag.RED, "red": Rag.RED, "a": Rag.AMBER, "amber": Rag.AMBER,
    "orange": Rag.AMBER, "yellow": Rag.AMBER, "g": Rag.GREEN, "green": Rag.GREEN, "b": Rag.BLUE, "blue": Rag.BLUE,
}  # fmt: skip
WORST = (Rag.BLUE, Rag.GREEN, Rag.AMBER, Rag.RED)


def text(value: Any, longest: int = 5_000) -> str:
    """A cell as text, without control characters. An apostrophe before = + - @ is how our own exports keep a text from
    being a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value == int(value):
        value = int(value)
    found = "".join(mark for mark in str(value) if mark in "\n\t" or unicodedata.category(mark) != "Cc").strip()
    if len(found) > longest:
        raise CellFaultError(f"The cell holds more than {longest:,} characters.", "Shorten it.")
    return found[1:] if len(found) > 1 and found[0] == "'" and found[1] in "=+-@" else found


def line(value: Any, longest: int) -> str:
    """A text on one line."""
    return " ".join(text(value, longest).split())


def day(value: Any, epoch: datetime) -> tuple[date, str]:
    """(the day, "" or how a month was read). "March 2026" is met until its last day; "end of Q2" is a fault."""
    shown = str(value).strip()[:60]
    if isinstance(value, str):
        value = _LEADING.sub("", value.strip())
        short = _SHORT_YEAR.match(value)
        if short:
            value = f"{short[1]}/{short[3]}/20{short[4]}"
    try:
        found, precision, _ = read_date(value, epoch=epoch)
    except CellFaultError as error:
        raise CellFaultError(error.wrong, WRITE if error.do.startswith("Write it as") else error.do) from None
    if precision == Precision.MONTH:
        last = found.replace(day=calendar.monthrange(found.year, found.month)[1])
        return last, f"“{shown}” is read as {last:%-d %B %Y}."
    if precision != Precision.EXACT:
        raise CellFaultError(f"“{shown}” is no day.", WRITE)
    if abs(found - date(2026, 1, 1)) > timedelta(days=365 * 60):
        raise CellFaultError(f"“{shown}” is too far away to be meant.", "Correct the year.")
    return found, ""


def _key(value: Any) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", line(value, 200).casefold()).split())


def status(value: Any) -> str:
    key = _key(value)
    if key not in STATUSES:
        known = "Open, Complete, Closed, Cancelled or Proposed"
        raise CellFaultError(f"“{line(value, 60)}” is not a status.", f"Write {known}.")
    return str(STATUSES[key])


def colour(value: Any) -> str:
    """The colour that a cell names, also in "Red - overdue" or "Blue (complete)"."""
    shown = line(value, 200)
    key = re.split(r"[^a-z/]", shown.casefold())[0] if shown not in ("-", "–") else ""
    if key not in RAGS:
        raise CellFaultError(f"“{shown[:60]}” is no colour.", "Write Red, Amber, Green or Blue.")
    return str(RAGS[key])


class Agencies:
    """Agencies by the names under which a spreadsheet may have them. One query."""

    def __init__(self) -> None:
        self.all = list(Agency.objects.all())
        self._by_name = {_key(name): agency for agency in self.all for name in (agency.name, agency.short_name)}

    def find(self, value: Any) -> list[Agency]:
        """The agencies of a cell, in order: "Police; Schools", "Police / Schools"; "All agencies"."""
        whole = line(value, 500)
        if _key(whole) in ("all agencies", "all partners", "all"):
            return [agency for agency in self.all if agency.is_active]
        if _key(whole) in self._by_name:
            return [self._by_name[_key(whole)]]
        parts = [part for part in re.split(r"[;,/\n&+]|\band\b", whole) if part.strip()]
        return list(dict.fromkeys(self._one(part) for part in parts))

    def _one(self, part: str) -> Agency:
        found = self._by_name.get(_key(part))
        if found is None:
            known = ", ".join(agency.short_name for agency in self.all[:20])
            raise CellFaultError(f"There is no agency “{part.strip()[:60]}”.", f"Write one of: {known}.")
        return found

    def by_pk(self) -> dict[int, Agency]:
        return {agency.pk: agency for agency in self.all}


def names(agencies: Iterable[Agency]) -> str:
    return "; ".join(agency.short_name for agency in agencies)
