"""A file as lines of cells: XLSX by openpyxl, or CSV in the encodings and with the separators that Excel writes."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

import openpyxl
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from chronology.imports.columns import recognised
from chronology.imports.faults import CellFaultError, FileFaultError

MAX_ROWS = 10_000
MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024  # a spreadsheet is packed: a small file may hold more than memory does
MAX_COLUMNS = 60
MAX_LINES = 100_000  # with empty ones: a sheet that was formatted to its very end has a million
HEADINGS_WITHIN = 20
OURS = "Chronology"
Recognise = Callable[[Iterable[object]], int]  # how many known headings a line has
_UNREADABLE = "Save it again as .xlsx or .csv, and upload that. Our template is always a safe choice."


@dataclass(frozen=True)
class Cell:
    """A cell's value, or why it cannot be used."""

    value: Any = None
    fault: CellFaultError | None = None

    @property
    def is_empty(self) -> bool:
        return self.fault is None and (self.value is None or not str(self.value).strip())


@dataclass(frozen=True)
class Line:
    number: int
    cells: tuple[Cell, ...]

    @property
    def values(self) -> list[Any]:
        return [cell.value for cell in self.cells]

    @property
    def is_empty(self) -> bool:
        return all(cell.is_empty for cell in self.cells)


@dataclass(frozen=True)
class Table:
    lines: tuple[Line, ...]
    epoch: datetime = WINDOWS_EPOCH


def load(file: IO[bytes], *, known: Recognise = recognised, what: str = "chronology") -> Table:
    """The lines of a file that hold something. Raises FileFaultError, with a sentence, where it cannot be read.

    Other apps read their own spreadsheets by it: `known` counts their headings, `what` is what the file should hold.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise FileFaultError(
            f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.",
            "Take pictures and other sheets out of it, or split it into several files.",
        )
    if not content.strip():
        raise FileFaultError("The file is empty.", f"Choose the file with your {what}.")
    if content.startswith(b"PK"):
        return _xlsx(content, known, what)
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        raise FileFaultError(
            "This is not a spreadsheet that can be read: an old Excel format, a file with a password, or a document.",
            _UNREADABLE,
        )
    return Table(_bounded(_csv(content, known)))


def _bounded(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that are not empty, up to the limit and the headings above them."""
    found: list[Line] = []
    for line in lines:
        if line.is_empty:
            continue
        if len(found) > MAX_ROWS + HEADINGS_WITHIN:
            break
        found.append(line)
    return tuple(found)


def _xlsx(content: bytes, known: Recognise, what: str) -> Table:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MAX_UNPACKED:
                raise FileFaultError("The file is far larger inside than outside.", _UNREADABLE)
            if "xl/workbook.xml" not in packed.namelist():
                raise FileFaultError("This is not an Excel spreadsheet.", _UNREADABLE)
        book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    except FileFaultError:
        raise
    except Exception:  # openpyxl raises whatever its XML parts raise
        raise FileFaultError("The spreadsheet is damaged or of an unknown kind.", _UNREADABLE) from None
    sheet = _choose(book, known)
    cached = None
    if sheet.max_row > MAX_LINES:
        raise FileFaultError(
            f"The sheet goes down to row {sheet.max_row:,}.",
            f"Delete the empty rows below your {what}. At most {MAX_ROWS:,} rows can be read at once.",
        )
    rows = list(sheet.iter_rows(max_col=_width(sheet)))
    if any(cell.data_type == "f" for row in rows for cell in row):
        cached = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)[sheet.title]
    return Table(_bounded(_lines(sheet, rows, cached)), book.epoch)


def _choose(book: Workbook, known: Recognise) -> Worksheet:
    """Our own sheet; else the one whose lines name most of our columns."""
    sheets: list[Worksheet] = list(book.worksheets)
    if not sheets:
        raise FileFaultError("The spreadsheet has no sheet with cells.", _UNREADABLE)

    def score(sheet: Worksheet) -> tuple[int, bool]:
        # Within what the sheet holds: asking openpyxl for a cell beyond it makes the sheet that large, for good.
        deepest = min(sheet.max_row, HEADINGS_WITHIN)
        top = sheet.iter_rows(max_row=deepest, max_col=_width(sheet), values_only=True)
        return max((known(row) for row in top), default=0), sheet.title == OURS

    return max(sheets, key=score)


def _lines(sheet: Worksheet, rows: Iterable[tuple[Any, ...]], cached: Worksheet | None) -> Iterator[Line]:
    covered = _covered(sheet)
    for row in rows:
        cells = tuple(_cell(cell, cached, covered) for cell in row)
        yield Line(row[0].row or 0, cells)


def _width(sheet: Worksheet) -> int:
    return min(sheet.max_column, MAX_COLUMNS)


def _covered(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """Cells that a merged range hides → the range, for ranges over several rows."""
    found: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        if area.min_row == area.max_row or len(found) > MAX_ROWS * 10:
            continue
        for row in range(area.min_row + 1, min(area.max_row, area.min_row + MAX_ROWS) + 1):
            for column in range(area.min_col, min(area.max_col, MAX_COLUMNS) + 1):
                found[row, column] = str(area)
    return found


def _cell(cell: Any, cached: Worksheet | None, covered: dict[tuple[int, int], str]) -> Cell:
    if covered and (cell.row, cell.column) in covered:
        area = covered[cell.row, cell.column]
        return Cell(
            None, CellFaultError(f"This cell is merged into {area}.", "Unmerge the cells and fill each one in.")
        )
    if cell.data_type == "e":
        return Cell(None, CellFaultError(f"The cell shows the error {cell.value}.", "Type what should stand there."))
    if cell.data_type != "f":
        return Cell(cell.value)
    value = cached[cell.coordinate].value if cached is not None else None
    if value is None or (isinstance(value, str) and value.startswith("#")):
        return Cell(None, CellFaultError("This is a formula, and the file does not hold its result.",
                                         "Type the result itself, or paste it as a value."))  # fmt: skip
    return Cell(value)


def _csv(content: bytes, known: Recognise) -> Iterator[Line]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=lambda mark: _names(first, mark, known))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
        for number, row in enumerate(reader, 1):
            yield Line(number, tuple(_from_csv(value) for value in row[:MAX_COLUMNS]))
    except csv.Error:
        raise FileFaultError("The file cannot be read as a table.", _UNREADABLE) from None


def _names(line: str, mark: str, known: Recognise) -> tuple[int, int]:
    return known(next(csv.reader([line], delimiter=mark), [])), line.count(mark)


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileFaultError("This is neither an Excel spreadsheet nor a CSV file.", _UNREADABLE)


def _from_csv(value: str) -> Cell:
    if value.lstrip().startswith("="):
        return Cell(None, CellFaultError("This is a formula.", "Type the result itself, or paste it as a value."))
    return Cell(value)
