"""The frozen dict to HTML, the HTML to bytes. Nothing here reads the database.

For the worker alone: WeasyPrint takes a second and 46 MB to import.
"""

import hashlib
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from pypdf import PdfReader

from core.pdf import SCHEME, Resource, render_pdf
from highlight_reports.present import chart_of, context


def html(data: dict[str, Any]) -> str:
    """The whole document for the PDF, its style included."""
    return render_to_string("pdf/highlight_reports/report.html", context(data) | {"scheme": SCHEME})


def pdf(data: dict[str, Any]) -> bytes:
    """The report as PDF/UA-1. Raises PdfError."""
    charts = {section["code"]: chart_of(section) for section in data["sections"]}
    resources = {f"{code}.svg": Resource("image/svg+xml", chart.svg()) for code, chart in charts.items() if chart}
    identifier = hashlib.sha256(data["reference"].encode()).hexdigest().encode()
    return render_pdf(html(data), resources=resources, identifier=identifier)


def pages(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)
