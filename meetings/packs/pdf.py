"""The papers as one PDF/UA-1 with bookmarks, rendered in one go; its properties name nobody."""

from hashlib import sha256
from io import BytesIO

from django.template.loader import render_to_string
from pypdf import PdfReader

from core.pdf import render_pdf
from meetings.packs.contents import Papers


def pdf(papers: Papers) -> bytes:
    """The bytes. Raises core.pdf.PdfError."""
    key = f"pack {papers.meeting.pk} {papers.person.pk}"
    html = render_to_string("pdf/meetings/pack.html", {"papers": papers, "meeting": papers.meeting})
    return render_pdf(html, identifier=sha256(key.encode()).hexdigest().encode())


def pages(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)
