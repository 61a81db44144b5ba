"""From the lines of a file to rows and faults. Every fault says row, column, what is wrong and what to do."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from chronology.choices import Seen
from chronology.facts import RowFacts, problems, tidy
from chronology.imports.columns import BY_NAME, COLUMNS, Column, column_for, recognised
from chronology.imports.dates import read_date, read_time
from chronology.imports.faults import WHOLE_FILE, CellFaultError, Fault, FileFaultError, Reading, ReadRow
from chronology.imports.sheets import HEADINGS_WITHIN, MAX_ROWS, Cell, Line, Table, load
from chronology.models import Row
from panel.models import Agency
from referrals.models import Child, Referral

EXAMPLE = "EXAMPLE:"
SEEN = {
    "": Seen.NOT_KNOWN, "yes": Seen.YES, "y": Seen.YES, "true": Seen.YES, "seen": Seen.YES,
    "no": Seen.NO, "n": Seen.NO, "false": Seen.NO, "not seen": Seen.NO,
    "not applicable": Seen.NOT_APPLICABLE, "n/a": Seen.NOT_APPLICABLE, "na": Seen.NOT_APPLICABLE,
    "not known": Seen.NOT_KNOWN, "unknown": Seen.NOT_KNOWN, "?": Seen.NOT_KNOWN,
}  # fmt: skip
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all of Unicode's, but for tab and line feed
ALL = {"all", "all children", "both", "both children", "siblings", "whole family", "family"}


def read(file: IO[bytes], *, referral: Referral, agency: Agency | None, today: date, source_key: str = "") -> Reading:
    """Read an uploaded spreadsheet for one agency's chronology of a case. Writes nothing.

    Rows that the agency has in the chronology already (in the return `source_key`, where one is given) are left out,
    with a notice.
    """
    try:
        table = load(file)
        at, columns, notices = _headings(table)
    except FileFaultError as error:
        return Reading(faults=(Fault(WHOLE_FILE, "", error.wrong, error.do),))
    missing = [column for column in COLUMNS if column.required and column.name not in columns]
    if missing:
        return Reading(faults=tuple(_no_column(column, table.lines[at].number) for column in missing))
    lines = table.lines[at + 1 :]
    if len(lines) > MAX_ROWS:
        wrong = f"The file has more than {MAX_ROWS:,} rows, and no more can be read at once."
        return Reading(faults=(Fault(WHOLE_FILE, "", wrong, "Split it into several files."),))
    reader = _Reader(columns, Names(referral), today, table.epoch)
    found, faults, examples = [], [], 0
    for line in lines:
        if reader.is_example(line):
            examples += 1
            continue
        outcome = list(reader.row(line))
        faults += [thing for thing in outcome if isinstance(thing, Fault)]
        found += [thing for thing in outcome if isinstance(thing, ReadRow)]
    if examples:
        notices.append("The example row of the template was left out.")
    rows = list(_news(found, notices, _there_already(referral, agency, source_key)))
    if not lines:
        faults.append(
            Fault(WHOLE_FILE, "", "There is no row below the headings.", "Fill in the sheet and upload it again.")
        )
    return Reading(tuple(rows), tuple(faults), tuple(notices))


def _no_column(column: Column, number: int) -> Fault:
    wrong = f"There is no column “{column.heading}”."
    return Fault(
        number, column.heading, wrong, f"Add a column with the heading “{column.heading}”, or use our template."
    )


def _headings(table: Table) -> tuple[int, dict[str, int], list[str]]:
    """Which line has the headings, which cell of a line is which column, and what to tell about the rest."""
    top = table.lines[:HEADINGS_WITHIN]
    scores = [recognised(line.values) for line in top]
    if max(scores, default=0) < 2:
        names = ", ".join(column.heading for column in COLUMNS)
        raise FileFaultError(
            "No line with the headings of a chronology was found.",
            f"The first line must have headings such as {names}. Use our template if in doubt.",
        )
    at = scores.index(max(scores))
    columns: dict[str, int] = {}
    notices: list[str] = []
    for position, cell in enumerate(top[at].cells):
        column = column_for(cell.value)
        if column is None:
            if not cell.is_empty:
                notices.append(f"The column “{str(cell.value).strip()[:60]}” is not ours and is not read.")
        elif column.name in columns:
            raise FileFaultError(
                f"Two columns can be read as “{column.heading}”.", "Rename or remove one of them, and upload it again."
            )
        else:
            columns[column.name] = position
    left_out = [column.heading for column in COLUMNS if column.name not in columns and not column.required]
    if left_out:
        notices.append(f"The file has no column for: {', '.join(left_out)}. These stay empty.")
    return at, columns, notices


class Names:
    """Children by what an agency may call them: pseudonym, name, other names."""

    def __init__(self, referral: Referral) -> None:
        self.children = list(Child.objects.filter(referral=referral).order_by("position"))
        self._by_name: dict[str, list[Child]] = {}
        for child in self.children:
            names = {child.pseudonym, child.name, *child.other_names.split(",")}
            names |= {child.name.split()[0]} if child.name.split() else set()
            for name in {_folded(name) for name in names} - {""}:
                self._by_name.setdefault(name, []).append(child)

    def find(self, text: str) -> tuple[Child, ...]:
        """The children named in a cell; empty for all of them."""
        if not text or _folded(text) in ALL:
            return ()
        found: list[Child] = []
        for part in text.replace(" and ", ";").replace("&", ";").replace(",", ";").replace("\n", ";").split(";"):
            if not part.strip():
                continue
            matches = self._by_name.get(_folded(part), [])
            if len(matches) != 1:
                known = ", ".join(str(child) for child in self.children)
                raise CellFaultError(
                    f"“{part.strip()[:60]}” is no child of this case.", f"Write All, or some of: {known}."
                )
            found += [child for child in matches if child not in found]
        return () if len(found) == len(self.children) else tuple(found)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class _Reader:
    def __init__(self, columns: dict[str, int], names: Names, today: date, epoch: datetime) -> None:
        self.columns, self.names, self.today, self.epoch = columns, names, today, epoch

    def cell(self, line: Line, name: str) -> Cell:
        position = self.columns.get(name)
        return line.cells[position] if position is not None and position < len(line.cells) else Cell()

    def is_example(self, line: Line) -> bool:
        return str(self.cell(line, "event").value or "").startswith(EXAMPLE)

    def row(self, line: Line) -> Iterator[ReadRow | Fault]:
        """The row, or everything that is wrong with it."""
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for column in COLUMNS:
            try:
                values[column.name] = self.value(line, column)
            except CellFaultError as error:
                faults.append(Fault(line.number, column.heading, error.wrong, error.do))
        values["children_typed"] = not self.cell(line, "children").is_empty
        if not faults:
            facts = self.facts(values)
            faults = [
                Fault(line.number, BY_NAME[name].heading, sentence, "Correct this cell.")
                for name, sentence in problems(facts, today=self.today)
            ]
            faults += list(self.which_child(line.number, facts, values))
        yield from faults
        if not faults:
            yield _row(line.number, facts)

    def value(self, line: Line, column: Column) -> Any:
        cell = self.cell(line, column.name)
        if cell.fault is not None:
            raise cell.fault
        if column.required and cell.is_empty:
            do = (
                "Write when it happened, as exactly as is known."
                if column.name == "happened_on"
                else "Say what happened."
            )
            raise CellFaultError("Nothing stands here.", do)
        if column.name == "happened_on":
            return read_date(cell.value, epoch=self.epoch)
        if column.name == "happened_time":
            return read_time(cell.value)
        text = _text(cell.value)
        if column.name == "child_seen":
            return _seen(text)
        return self.names.find(text) if column.name == "children" else text

    def facts(self, values: dict[str, Any]) -> RowFacts:
        day, precision, at = values["happened_on"]
        children = values["children"]
        texts = {name: values[name] for name in ("source", "event", "who", "child_seen", "response", "comment")}
        return tidy(
            RowFacts(
                happened_on=day, precision=precision, happened_time=values["happened_time"] or at,
                concerns_all=not children, children=children, **texts,
            )
        )  # fmt: skip

    def which_child(self, number: int, facts: RowFacts, values: dict[str, Any]) -> Iterator[Fault]:
        """Of several children "seen" must say which: otherwise a gap would be hidden."""
        if facts.child_seen != Seen.YES or not facts.concerns_all or len(self.names.children) < 2:
            return
        if "children" not in self.columns or not values["children_typed"]:
            names = ", ".join(str(child) for child in self.names.children)
            yield Fault(
                number, "Children", "A child was seen, but not which one.", f"Write All, or the children seen: {names}."
            )


def _row(number: int, facts: RowFacts) -> ReadRow:
    texts = {name: getattr(facts, name) for name in ("source", "event", "who", "child_seen", "response", "comment")}
    return ReadRow(
        number=number,
        happened_on=facts.happened_on.isoformat(),
        happened_time=facts.happened_time.strftime("%H:%M") if facts.happened_time else "",
        precision=str(facts.precision),
        children=tuple(child.pk for child in facts.children),
        **{name: str(value) for name, value in texts.items()},
    )


def _text(value: Any) -> str:
    """A cell as text. An apostrophe before = + - @ is how our own exports keep a text from being a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if not (value.hour or value.minute) else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, float) and value == int(value):
        value = int(value)
    text = CONTROLS.sub("", str(value)).strip()
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def _seen(text: str) -> Seen:
    found = SEEN.get(_folded(text).rstrip("."))
    if found is None:
        raise CellFaultError(f"“{text[:60]}” is not an answer.", "Write yes, no, not applicable or not known.")
    return found


def _there_already(referral: Referral, agency: Agency | None, source_key: str) -> set[tuple[str, str, str]]:
    rows = Row.objects.filter(referral=referral, agency=agency, withdrawn_at__isnull=True)
    if source_key:
        rows = rows.of_source(source_key)
    return {
        (day.isoformat(), at.strftime("%H:%M") if at else "", " ".join(event.casefold().split()))
        for day, at, event in rows.values_list("happened_on", "happened_time", "event").iterator(2_000)
    }


def _news(found: list[ReadRow], notices: list[str], there: set[tuple[str, str, str]]) -> Iterator[ReadRow]:
    """The rows that are not there yet; notices about the others."""
    first: dict[tuple[str, str, str], int] = {}
    old: list[int] = []
    for row in found:
        if row.identity in there:
            old.append(row.number)
        elif row.identity in first:
            notices.append(f"Row {row.number} says the same as row {first[row.identity]} and is left out.")
        else:
            first[row.identity] = row.number
            yield row
    if old:
        some = ", ".join(map(str, old[:20])) + (" …" if len(old) > 20 else "")
        notices.append(f"{len(old)} rows stand in the chronology already and are left out: {some}.")
