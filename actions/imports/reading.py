"""From the lines of a log to actions and faults. Every fault says row, column, what is wrong and what to do."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from actions import rag
from actions.choices import Impact, Rag
from actions.imports import values
from actions.imports.columns import BY_NAME
from actions.imports.sources import Cases, source_of
from actions.imports.table import LogTable
from actions.models import Action
from actions.states import Status
from chronology.imports.faults import CellFaultError, Fault
from chronology.imports.sheets import Cell
from panel.models import Partnership

SAID = "As in the imported log"
TEXTS = ("recommendation", "success_measure", "rag_reason", "at_risk", "progress")
DATES = ("due_on", "first_due_on", "ended_on", "impact_check_on", "meeting_on")
NOTHING = "Nothing stands here."
MOST_NAMED = 20


@dataclass(frozen=True)
class Reading:
    """`rows` are plain JSON values, one for each action as it would be imported."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def faulty_rows(self) -> int:
        return len({fault.row for fault in self.faults})


def read(table: LogTable, columns: Mapping[str, int], *, rest: str, user: Any, today: date) -> Reading:
    """Read the lines by the mapping `columns` (name → position). Writes nothing.

    Rows that the log has already, or that the file has twice, are left out and named.
    """
    reader = _Reader(table, columns, rest, user, today)
    found = Reading()
    for number, cells in table.lines:
        alone = [cell for cell in cells if not cell.is_empty]
        if len(alone) == 1 and alone[0].fault is None:
            found.notices.append(
                f"Row {number} holds nothing but “{values.line(alone[0].value, 5_000)[:60]}”: left out."
            )
            continue
        row, faults = reader.row(number, cells)
        found.faults.extend(faults)
        if row is not None:
            found.rows.append(row)
    found.notices.extend(reader.notices())
    rows = list(_new(found.rows, found.notices, user))
    return Reading(rows, found.faults, found.notices)


class _Reader:
    def __init__(self, table: LogTable, columns: Mapping[str, int], rest: str, user: Any, today: date) -> None:
        self.columns, self.epoch, self.rest, self.today = columns, table.epoch, rest, today
        self.agencies = values.Agencies()
        self.cases = Cases(user, Partnership.current().reference_prefix)
        self.months: list[str] = []
        self.blue: list[int] = []
        self.better: list[str] = []

    def row(self, number: int, cells: Sequence[Cell]) -> tuple[dict[str, Any] | None, list[Fault]]:
        """The row, or everything that is wrong with it."""
        faults: list[Fault] = []

        def get(name: str, parse: Any) -> Any:
            position = self.columns.get(name)
            cell = cells[position] if position is not None and position < len(cells) else Cell()
            try:
                if cell.fault is not None:
                    raise cell.fault
                return parse(None if cell.is_empty else cell.value)
            except CellFaultError as error:
                faults.append(Fault(number, BY_NAME[name].heading, error.wrong, error.do))
                return None

        found = {name: get(name, values.text) for name in TEXTS}
        found |= {name: get(name, self._day(number)) for name in DATES}
        found |= {
            "number": number,
            "text": get("text", _required),
            **self._who(get),
            "evidence": get("evidence", _evidence),
        }
        found |= self._references(get)
        found |= {"status": get("status", values.status), "rag": get("rag", values.colour)}
        found |= get("impact", _impact) or {}
        said = get("source", lambda v: values.line(v, 500)) or "", get("case", lambda v: values.line(v, 200)) or ""
        met_on = date.fromisoformat(found["meeting_on"]) if found["meeting_on"] else None
        if not faults:
            found |= get("source", lambda _: source_of(*said, met_on, self.rest, self.cases)) or {}
        if not faults:
            faults += list(self._standing(number, found))
        return (None, faults) if faults else (found, [])

    def _day(self, number: int) -> Any:
        def parse(value: Any) -> str:
            if value is None:
                return ""
            found, how = values.day(value, self.epoch)
            if how:
                self.months.append(f"Row {number}: {how}")
            return found.isoformat()

        return parse

    def _who(self, get: Any) -> dict[str, Any]:
        owners = get("owner", lambda v: self.agencies.find(_required(v))) or []
        others = get("others", lambda v: self.agencies.find(v) if v is not None else []) or []
        several = [agency.pk for agency in dict.fromkeys([*owners, *others])]
        return {
            "owner": several[0] if several else None,
            "others": several[1:],
            "lead": get("lead", lambda v: values.line(v, 150)) or "",
            "lead_address": get("lead_address", _address) or "",
        }

    def _references(self, get: Any) -> dict[str, str]:
        """Our own reference is kept; another one stays beside the new one."""
        reference = get("reference", lambda v: values.line(v, 60)) or ""
        earlier = get("earlier_reference", lambda v: values.line(v, 60)) or ""
        ours = values.OURS.fullmatch(reference.upper())
        return {"reference": ours[0] if ours else "", "earlier_reference": earlier or ("" if ours else reference)}

    def _standing(self, number: int, found: dict[str, Any]) -> Iterator[Fault]:
        """Status, dates and colour together; sets "status" and "rag_override"."""
        colour = found.pop("rag")
        if found["status"] == Status.OPEN and colour == Rag.BLUE:
            yield Fault(number, "RAG", "The row is open and blue.", "Write Complete as its status, or another colour.")
            return
        found["status"] = found["status"] or (Status.CLAIMED if colour == Rag.BLUE else Status.OPEN)
        running = found["status"] in (Status.OPEN, Status.CLAIMED)
        if running and not found["due_on"]:
            yield Fault(number, "Due", NOTHING, values.WRITE)
            return
        if found["ended_on"] and date.fromisoformat(found["ended_on"]) > self.today:
            yield Fault(number, "Ended on", "This day has not come yet.", "Correct the date.")
            return
        if found["status"] == Status.CLAIMED:
            self.blue.append(number)
        found["rag_override"] = self._override(number, colour, found) if running else ""
        found["rag_reason"] = (found["rag_reason"] or SAID) if found["rag_override"] else ""

    def _override(self, number: int, colour: str, found: dict[str, Any]) -> str:
        """A colour worse than the dates give stands; a better one only with its reason, or slippage would be hidden."""
        ended = date.fromisoformat(found["ended_on"]) if found["ended_on"] else self.today
        action = Action(
            status=found["status"], due_on=date.fromisoformat(found["due_on"]), at_risk_reason=found["at_risk"],
            claimed_on=ended if found["status"] == Status.CLAIMED else None,
        )  # fmt: skip
        computed = rag.by_slippage(action, self.today).rag
        if not colour or colour in (computed, Rag.BLUE) or computed is None:
            return ""
        if found["rag_reason"] or values.WORST.index(Rag(colour)) > values.WORST.index(computed):
            return colour
        self.better.append(f"Row {number} is {colour} in the file; by its date it is {computed.label.lower()}.")
        return ""

    def notices(self) -> Iterator[str]:
        yield from _some(self.months)
        if self.blue:
            yield (
                f"Rows said to be complete: {len(self.blue)}. They come in as claimed complete, and are blue when "
                "somebody has seen their evidence."
            )
        yield from _some(self.better)


def _some(sentences: Sequence[str]) -> Iterator[str]:
    yield from sentences[:MOST_NAMED]
    if len(sentences) > MOST_NAMED:
        yield f"And {len(sentences) - MOST_NAMED} more such rows."


def _required(value: Any) -> str:
    found = values.text(value)
    if not found:
        raise CellFaultError(NOTHING, "Fill this cell in.")
    return found


def _address(value: Any) -> str:
    found = values.line(value, 254).lower()
    try:
        if found:
            validate_email(found)
    except ValidationError:
        raise CellFaultError(f"“{found[:60]}” is no e-mail address.", "Correct it or leave it empty.") from None
    return found


def _evidence(value: Any) -> list[dict[str, str]]:
    """A line each: an address, or where it is kept."""
    found = []
    for line in filter(None, (part.strip() for part in values.text(value).split("\n"))):
        if re.match(r"https?://", line) is None:
            found.append({"link": "", "elsewhere": line[:1000]})
            continue
        try:
            URLValidator(schemes=["http", "https"])(line)
        except ValidationError:
            raise CellFaultError(f"“{line[:60]}” is no address.", "Correct it, or say where it is kept.") from None
        found.append({"link": line[:500], "elsewhere": ""})
    return found


def _impact(value: Any) -> dict[str, str]:
    text = values.text(value)
    if not text:
        return {"impact": "", "impact_text": ""}
    label, _, rest = text.partition(": ")
    known = {impact.label: impact.value for impact in Impact}
    if label in known and rest:
        return {"impact": known[label], "impact_text": rest}
    return {"impact": Impact.NOT_KNOWN.value, "impact_text": text}


def _new(rows: list[dict[str, Any]], notices: list[str], user: Any) -> Iterator[dict[str, Any]]:
    """The rows that the log has not yet, each once; notices about the others. Two queries."""
    there = {reference: reference for reference in Action.objects.values_list("reference", flat=True)}
    for text, owner, reference, earlier in Action.objects.visible_to(user).values_list(
        "text", "owner", "reference", "earlier_reference"
    ):
        there |= dict.fromkeys(_identities({"text": text, "owner": owner, "earlier_reference": earlier}), reference)
    first: dict[object, int] = {}
    for row in rows:
        same = [one for one in _identities(row) if one in there]
        twice = [one for one in _identities(row) if one in first]
        if same:
            notices.append(f"Row {row['number']} stands in the log already as {there[same[0]]}: left out.")
        elif twice:
            notices.append(f"Row {row['number']} is the same action as row {first[twice[0]]}: left out.")
        else:
            first |= dict.fromkeys(_identities(row), row["number"])
            yield row


def _identities(row: Mapping[str, Any]) -> list[Any]:
    """By each of these two rows are the same: our reference, an earlier one, the same words for the same agency. A bare
    number is none: every log counts from 1."""
    found: list[Any] = [(" ".join(row["text"].casefold().split()), row["owner"])]
    if row.get("reference"):
        found.append(row["reference"])
    if row["earlier_reference"] and not row["earlier_reference"].isdigit():
        found.append(("earlier", row["earlier_reference"].casefold()))
    return found
