"""The chronology as a spreadsheet and as a PDF. Names only where the page showed them; never a formula."""

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.template.loader import render_to_string
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from chronology.formulas import safe
from chronology.models import RowQuerySet
from chronology.names import STILL, People
from chronology.picture import picture_of
from chronology.timeline import Line, lines_of
from core.pdf import SCHEME, Resource, render_pdf
from panel.models import Partnership
from referrals.models import Referral

PDF_AT_ONCE = 200  # rows; a PDF of more is made by a task (long_pdf.py), since each 50 take a second
BATCH = 1_000
HEADINGS = ("Date", "Time", "Agency", "Event", "Who was involved", "Children", "Ages", "Child seen?",
            "Since the row before", "Source", "Response", "Comment", "Key practice episode", "To check")  # fmt: skip
WIDTHS = (20, 8, 18, 60, 28, 20, 26, 14, 16, 24, 40, 40, 28, 40)


def lines(rows: RowQuerySet, people: People) -> Iterator[Line]:
    """All rows in order, a batch at a time, so that memory does not grow with them."""
    found = rows.select_related("agency").prefetch_related("concerned").order_by("order", "pk")
    stream = found.iterator(BATCH)
    last = None
    while batch := list(islice(stream, BATCH)):
        yield from lines_of(batch, people, last=last)
        last = batch[-1]


def xlsx(rows: RowQuerySet, people: People, referral: Referral) -> tuple[bytes, int]:
    """The spreadsheet, and how many rows it has."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = f"Chronology of {referral.reference}", "CSPR Panel"
    sheet: Any = book.create_sheet("Chronology")
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    sheet.freeze_panes = "A4"
    whose = "Children’s names are shown" if people.with_names else "People are shown by pseudonym"
    sheet.append([f"OFFICIAL-SENSITIVE. Chronology of {referral.reference}. {whose}. {STILL}"])
    sheet.append([])
    sheet.append([_cell(sheet, heading, bold=True) for heading in HEADINGS])
    count = 0
    for line in lines(rows, people):
        sheet.append([_cell(sheet, value) for value in _values(line)])
        count += 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), count


def _values(line: Line) -> Iterator[Any]:
    row, text = line.row, line.text
    yield from (line.when, f"{row.happened_time:%H:%M}" if row.happened_time else "", line.agency)
    yield from (
        text["event"],
        text["who"],
        "; ".join(line.children),
        "; ".join(line.ages),
        row.get_child_seen_display(),
        line.interval,
    )
    yield from (text["source"], text["response"], text["comment"])
    yield text["key_title"]
    yield " ".join([*line.gaps, *(flag.why for flag in line.flags)])


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=safe(_clean(value)))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _clean(value: Any) -> Any:
    """Without the control characters that a spreadsheet cannot hold."""
    return "".join(mark for mark in value if mark >= " " or mark in "\n\t") if isinstance(value, str) else value


def document(rows: RowQuerySet, people: People, referral: Referral, *, filtered: str, made_on: Any) -> dict[str, Any]:
    """What the PDF says."""
    return {
        "partnership": Partnership.current().name,
        "reference": referral.reference,
        "with_names": people.with_names,
        "still": STILL,
        "filtered": filtered,
        "made_on": made_on,
        "lines": list(lines(rows, people)),
        "chart": picture_of(rows, f"Rows of each agency in {referral.reference}"),
    }


def pdf(data: dict[str, Any]) -> bytes:
    """The PDF (PDF/UA-1) of a `document`."""
    chart = data["chart"]
    resources = {"lanes.svg": Resource("image/svg+xml", chart.svg())} if chart else {}
    return render_pdf(
        render_to_string("pdf/chronology/chronology.html", data | {"scheme": SCHEME}), resources=resources
    )
