"""The dict to HTML, the HTML to bytes. Nothing here reads the database.

For the worker alone: WeasyPrint takes a second and 46 MB to import.
"""

import hashlib
from datetime import date
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from pypdf import PdfReader

from core.pdf import SCHEME, Resource, render_pdf

WATERMARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="700" height="990" viewBox="0 0 700 990">'
    '<text x="350" y="540" text-anchor="middle" transform="rotate(-52 350 495)" font-family="Liberation Sans" '
    'font-size="170" font-weight="bold" letter-spacing="18" fill="#ececec">DRAFT</text></svg>'
)


def html(data: dict[str, Any]) -> str:
    context = {"data": data, "as_at": date.fromisoformat(data["as_at"]), "scheme": SCHEME}
    return render_to_string("pdf/rapid_reviews/report.html", context)


def pdf(data: dict[str, Any]) -> bytes:
    """The report as PDF/UA-1. Raises PdfError."""
    resources = {"draft.svg": Resource("image/svg+xml", WATERMARK.encode())} if data["is_draft"] else {}
    identifier = hashlib.sha256(f"{data['reference']} {data['naming']}".encode()).hexdigest().encode()
    return render_pdf(html(data), resources=resources, identifier=identifier)


def pages(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)
