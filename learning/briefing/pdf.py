"""The dict to HTML, the HTML to bytes (PDF/UA-1). WeasyPrint takes a second to import: only where a PDF is made."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string

from core.pdf import render_pdf


def html(data: dict[str, Any]) -> str:
    return render_to_string("pdf/learning/briefing.html", {"data": data, "as_at": date.fromisoformat(data["as_at"])})


def pdf(data: dict[str, Any]) -> bytes:
    """Raises PdfError."""
    return render_pdf(html(data))
