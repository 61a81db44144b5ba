"""The marking on each page of a draft that leaves the house: "OFFICIAL-SENSITIVE. Draft 2 of LR-2026-003 for …".

PDF pages get it as a line at their foot and large across the page, Word files in the header and foot of each section;
other types go as they are. The stored file stays as it was.
"""

import html
from io import BytesIO

import pikepdf
from docx import Document

from core.pdf import render_pdf
from practice_reviews.models.drafts import MARKING

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

SHEET = """<!doctype html><html lang="en-GB"><head><title>Marking</title><style>
@page {{ size: {width}pt {height}pt; margin: 0 }}
body {{ margin: 0; font-family: Arial, sans-serif; color: rgba(60, 60, 60, .55) }}
p {{ position: absolute; margin: 0; width: {width}pt; text-align: center }}
.foot {{ bottom: 10pt; font-size: 8pt; color: #444 }}
.across {{ top: {middle}pt; font-size: 40pt; font-weight: bold; color: rgba(120, 120, 120, .18);
  transform: rotate(-45deg) }}
</style></head><body><p class="across">{marking}</p><p class="foot">{marking}. {words}</p></body></html>"""


def marked(data: bytes, content_type: str, words: str) -> bytes:
    """The file with its marking; `data` came through documents.content, so it can be opened."""
    if content_type == PDF:
        return _pdf(data, words)
    if content_type == WORD:
        return _word(data, words)
    return data


def _pdf(data: bytes, words: str) -> bytes:
    sheets: dict[tuple[float, float], pikepdf.Pdf] = {}
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(number) for number in page.mediabox)
            size = (right - left, top - bottom)
            if size not in sheets:
                sheets[size] = pikepdf.open(BytesIO(_sheet(*size, words)))
            page.add_overlay(sheets[size].pages[0], pikepdf.Rectangle(left, bottom, right, top))
        pdf.save(out)
    return out.getvalue()


def _sheet(width: float, height: float, words: str) -> bytes:
    """One page of that size with nothing on it but the marking."""
    made = SHEET.format(width=width, height=height, middle=height / 2 - 25, marking=MARKING, words=html.escape(words))
    return render_pdf(made)


def _word(data: bytes, words: str) -> bytes:
    document = Document(BytesIO(data))
    for section in document.sections:
        for part in (section.header, section.footer):
            part.is_linked_to_previous = False
            part.add_paragraph(f"{MARKING}. {words}")
    out = BytesIO()
    document.save(out)
    return out.getvalue()
