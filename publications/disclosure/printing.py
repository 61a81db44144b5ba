"""The list of findings as a PDF (PDF/UA-1). It holds names: OFFICIAL-SENSITIVE."""

from typing import Any

from django.template.loader import render_to_string

from core.pdf import render_pdf


def pdf(data: dict[str, Any]) -> bytes:
    """The PDF of a `page.paper`."""
    return render_pdf(render_to_string("pdf/publications/disclosure.html", data))
