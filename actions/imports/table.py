"""A file as headings and lines that can be kept between two pages: JSON, with dates as dates and faults as faults."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH

from actions.imports.columns import recognised
from chronology.imports.faults import CellFaultError, FileFaultError
from chronology.imports.sheets import HEADINGS_WITHIN, Cell, Line
from chronology.imports.sheets import load as load_sheet

MOST_ROWS = 2_000
LONGEST = 5_000  # characters of one cell


@dataclass(frozen=True)
class LogTable:
    """`headings` by position; `lines` are pairs (number at the left of the spreadsheet, its cells)."""

    headings: tuple[str, ...]
    lines: tuple[tuple[int, tuple[Cell, ...]], ...]
    epoch: datetime = WINDOWS_EPOCH

    def as_json(self) -> dict[str, Any]:
        lines = [[number, [_pack(cell) for cell in cells]] for number, cells in self.lines]
        return {"headings": list(self.headings), "lines": lines, "mac": self.epoch == CALENDAR_MAC_1904}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "LogTable":
        lines = tuple((number, tuple(_unpack(cell) for cell in cells)) for number, cells in kept["lines"])
        return cls(tuple(kept["headings"]), lines, CALENDAR_MAC_1904 if kept["mac"] else WINDOWS_EPOCH)

    def sample(self, position: int) -> str:
        """The first thing that stands in a column, for the page on which columns are named."""
        cells = (cells[position] for _, cells in self.lines if position < len(cells))
        found = next((cell.value for cell in cells if not cell.is_empty and cell.fault is None), "")
        return f"{found:%d/%m/%Y}" if isinstance(found, date) else str(found)[:80]


def _pack(cell: Cell) -> Any:
    if cell.fault is not None:
        return {"fault": [cell.fault.wrong, cell.fault.do]}
    value = cell.value
    if isinstance(value, datetime | date):
        return {"date": value.isoformat()}
    if isinstance(value, time) or value is None or isinstance(value, bool):
        return None if value is None else str(value)
    return value if isinstance(value, int | float) else str(value)[: LONGEST + 1]


def _unpack(kept: Any) -> Cell:
    if not isinstance(kept, dict):
        return Cell(kept)
    if "fault" in kept:
        return Cell(None, CellFaultError(*kept["fault"]))
    return Cell(datetime.fromisoformat(kept["date"]))


def load(file: IO[bytes]) -> LogTable:
    """Read an uploaded log. Title rows above the headings are passed over; headings may stand in two lines, the upper
    one merged over several columns. Raises FileFaultError, with a sentence."""
    table = load_sheet(file, known=recognised, what="action log")
    at, depth, headings = _headings(table.lines)
    body = table.lines[at + depth :]
    if not body:
        raise FileFaultError("There is no row below the headings.", "Choose the file with your action log.")
    if len(body) > MOST_ROWS:
        raise FileFaultError(
            f"The file has more than {MOST_ROWS:,} actions, and no more can be read at once.",
            "Split it into several files.",
        )
    return LogTable(headings, tuple((line.number, line.cells) for line in body), table.epoch)


def _headings(lines: Sequence[Line]) -> tuple[int, int, tuple[str, ...]]:
    """(which line, one or two lines deep, the headings). One line is preferred where two say no more."""
    best: tuple[int, int, int, tuple[str, ...]] = (0, 0, 0, ())
    for at, line in enumerate(lines[:HEADINGS_WITHIN]):
        one = tuple(_said(cell) for cell in line.cells)
        choices = [(1, one)]
        if at + 1 < len(lines) and lines[at + 1].number == line.number + 1:
            choices.append((2, _together(one, lines[at + 1])))
        for depth, headings in choices:
            score = recognised(headings)
            if score > best[0]:
                best = (score, at, depth, headings)
    if best[0] < 2:
        raise FileFaultError(
            "No line with the headings of an action log was found.",
            "One of the first 20 lines must have headings such as Action, Agency and Due date.",
        )
    return best[1], best[2], best[3]


def _said(cell: Cell) -> str:
    return " ".join(str(cell.value if cell.value is not None else "").split())[:80]


def _together(upper: tuple[str, ...], lower: Line) -> tuple[str, ...]:
    """The lower line's heading where it has one, else the upper one's (merged downwards, or without a second line)."""
    below = [_said(cell) for cell in lower.cells]
    return tuple(under or over for over, under in zip(upper, [*below, *[""] * len(upper)], strict=False))
