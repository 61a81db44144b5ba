"""The frozen dict to HTML, the HTML to bytes. Nothing here reads the database.

For the worker alone: WeasyPrint takes a second and 46 MB to import.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

from django.template.loader import render_to_string
from pypdf import PdfReader

from chronology.formulas import safe
from core.pdf import SCHEME, Enclosed, Resource, render_pdf
from highlight_reports.present import chart_of, context


def html(data: dict[str, Any]) -> str:
    """The whole document for the PDF, its style included."""
    return render_to_string("pdf/highlight_reports/report.html", context(data) | {"scheme": SCHEME})


def pdf(data: dict[str, Any], *, made_at: datetime) -> bytes:
    """The report as PDF/UA-1 and PDF/A-3a, its figures enclosed as they are. Raises PdfError.

    `made_at`: when it was approved, which is the date of what is enclosed.
    """
    charts = {section["code"]: chart_of(section) for section in data["sections"]}
    resources = {f"{code}.svg": Resource("image/svg+xml", chart.svg()) for code, chart in charts.items() if chart}
    identifier = hashlib.sha256(f"{data['reference']} {data.get('variant', '')}".encode()).hexdigest().encode()
    return render_pdf(
        html(data), resources=resources, identifier=identifier, archive=True, enclosed=enclosed(data, made_at)
    )


def enclosed(data: dict[str, Any], made_at: datetime) -> list[Enclosed]:
    """For whoever counts on: every number as CSV, and the whole report as data."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return [
        Enclosed("figures.csv", "Every number of the report", figures_csv(data).encode(), made_at),
        Enclosed("report.json", "The report as data", text.encode(), made_at),
    ]


def figures_csv(data: dict[str, Any]) -> str:
    """section, what, label, kind, value: a figure has no label, a table's number its row and column."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["section", "what", "label", "kind", "value"])
    for section in data["sections"]:
        for row in (*_figures(section), *_tables(section), *_chart(section)):
            writer.writerow([safe(cell) for cell in (section["title"], *row)])
    return out.getvalue()


def _figures(section: dict[str, Any]) -> Iterator[tuple[str, str, str, Any]]:
    for figure in section["figures"]:
        yield figure["label"], "", "", figure["value"]


def _tables(section: dict[str, Any]) -> Iterator[tuple[str, str, str, Any]]:
    for table in section["tables"]:
        for row in table["rows"] if table.get("counts") else []:
            for column, cell in zip(table["columns"][1:], row["cells"][1:], strict=True):
                yield table["caption"], row["cells"][0], column, cell


def _chart(section: dict[str, Any]) -> Iterator[tuple[str, str, str, Any]]:
    chart = section["chart"]
    for one in chart["series"] if chart else []:
        for label, value in zip(chart["labels"], one["values"], strict=True):
            if value is not None:
                yield chart["title"], label, one["name"], value


def pages(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)
