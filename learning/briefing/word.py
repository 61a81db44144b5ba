"""The dict to an editable Word file: headings, a language, the marking on each page, no person in its properties."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
from django.utils.formats import date_format
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

LANGUAGE = "en-GB"
BLUE, RED = RGBColor(0x12, 0x35, 0x5B), RGBColor(0x94, 0x25, 0x14)
FONT = "Arial"


def word(data: dict[str, Any]) -> bytes:
    """The briefing as .docx."""
    made = docx.Document()
    _properties(made, data)
    _styles(made)
    _page(made, data)
    made.add_heading(_plain(data["title"]), level=0)
    as_at = date_format(date.fromisoformat(data["as_at"]), "j F Y")
    made.add_paragraph(f"7-minute briefing. {data['partnership']}, {as_at}.", style="Subtitle")
    made.add_paragraph(_plain(data["key_message"]), style="Intense Quote")
    for number, part in enumerate(data["parts"], 1):
        made.add_heading(f"{number}. {_plain(part['heading'])}", level=1)
        for paragraph in part["paragraphs"] or ["Not written yet."]:
            made.add_paragraph(_plain(paragraph))
    if data["audiences"]:
        made.add_heading("For", level=1)
        for audience in data["audiences"]:
            made.add_paragraph(_plain(audience), style="List Bullet")
    made.add_paragraph(data["caveat"])
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _properties(made: Document, data: dict[str, Any]) -> None:
    """The author is the partnership: nobody's name travels with the file."""
    about = made.core_properties
    about.title = f"{data['title']}{' (draft)' if data['is_draft'] else ''}"
    about.author = about.last_modified_by = data["partnership"]
    about.subject, about.category = f"7-minute briefing {data['reference']}", data["marking"]
    about.comments, about.keywords, about.language = "", "", LANGUAGE
    about.created = about.modified = datetime.combine(date.fromisoformat(data["as_at"]), datetime.min.time(), UTC)


def _styles(made: Document) -> None:
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    normal.element.get_or_add_rPr().append(language)
    for name, size in (("Title", 22), ("Heading 1", 14)):
        style = made.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), BLUE
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")  # the theme's font would win over ours
        del style.element.rPr.rFonts.attrib[qn("w:asciiTheme")]
    made.styles["Intense Quote"].font.color.rgb = BLUE


def _page(made: Document, data: dict[str, Any]) -> None:
    """A4, with the marking and the reference on every page, and "DRAFT" in words while it is one."""
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    words = " · ".join([data["marking"], data["reference"], *(["DRAFT: not finished"] if data["is_draft"] else [])])
    for place in (page.header, page.footer):
        run = place.paragraphs[0].add_run(words)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(9), RED


def _plain(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(mark for mark in text if mark >= " " or mark in "\n\t")
