"""The parts of a long PDF, and the whole. For the worker alone: WeasyPrint takes a second and 46 MB to import."""

import io
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from pypdf import PdfReader

from chronology.exports import pdf
from chronology.filters import TimelineFilter
from chronology.merging import merged
from chronology.models import Export, ExportPart, Row, RowQuerySet
from chronology.names import STILL, People
from chronology.picture import picture_of
from chronology.timeline import Cursor, after, lines_of, when
from core.pdf import render_pdf
from panel.models import Partnership

ROWS = 500  # in a part: some ten seconds and 150 MB


def next_part(export: Export, *, on: date) -> ExportPart | None:
    """The cover first, then the rows after the last part's; None when all rows stand in parts. Not saved."""
    rows, people, asked = _asked(export)
    last = export.parts.defer("content").last()
    if last is None:
        content = _cover(export, rows, people, asked, pages=0, on=on)
        return ExportPart(
            export=export, number=0, last_order=0, last_pk=0, rows=0, pages=_pages(content), content=content
        )
    found = after(rows.select_related("agency").prefetch_related("concerned"), Cursor(last.last_order, last.last_pk))
    some = list(found[:ROWS])
    if not some:
        return None
    before = Row.objects.filter(pk=last.last_pk).only("happened_on", "precision").first()
    content = render_pdf(
        render_to_string(
            "pdf/chronology/part.html",
            {
                "reference": export.referral.reference,
                "title": _title(export, some),
                "lines": lines_of(some, people, last=before),
                "first_page": sum(export.parts.values_list("pages", flat=True)) + 1,
            },
        )
    )
    place = Cursor.of(some[-1])
    return ExportPart(
        export=export, number=last.number + 1, last_order=place.order, last_pk=place.pk, rows=len(some),
        pages=_pages(content), content=content,
    )  # fmt: skip


def whole(export: Export, *, on: date) -> tuple[bytes, int]:
    """Cover and parts in one PDF with a bookmark for each part, and how many pages it has."""
    rows, people, asked = _asked(export)
    total = sum(export.parts.values_list("pages", flat=True))
    cover = _cover(export, rows, people, asked, pages=total, on=on)
    parts, done = [], 0
    for part in export.parts.filter(number__gt=0).defer("content"):
        parts.append((f"Rows {done + 1:,} to {done + part.rows:,}", part.pk))
        done += part.rows
    return merged(cover, ((title, bytes(ExportPart.objects.get(pk=pk).content)) for title, pk in parts))


def _asked(export: Export) -> tuple[RowQuerySet, People, TimelineFilter]:
    """The rows as they were asked for, of those that the person sees now."""
    people = People(export.referral, with_names=export.with_names)
    asked = TimelineFilter(export.filters, referral=export.referral, people=people)
    rows = Row.objects.visible_to(export.asked_by).filter(referral=export.referral).merged()
    return asked.rows(rows), people, asked


def _cover(export: Export, rows: RowQuerySet, people: People, asked: TimelineFilter, *, pages: int, on: date) -> bytes:
    """Rendered twice: to know how many pages it has, and, when all parts are there, to say how many they are."""
    data: dict[str, Any] = {
        "partnership": Partnership.current().name,
        "reference": export.referral.reference,
        "with_names": people.with_names,
        "still": STILL,
        "filtered": asked.words,
        "made_on": on,
        "total": export.rows_done or export.rows_total,
        "pages": pages,
        "in_a_part": ROWS,
        "chart": picture_of(rows, f"Rows of each agency in {export.referral.reference}"),
    }
    return pdf(data)


def _title(export: Export, rows: list[Row]) -> str:
    first = export.rows_done + 1
    return f"Rows {first:,} to {first + len(rows) - 1:,}: {when(rows[0])} to {when(rows[-1])}"


def _pages(content: bytes) -> int:
    return len(PdfReader(io.BytesIO(content)).pages)
