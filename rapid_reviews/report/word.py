"""The dict to an editable Word file: headings, header rows, a language, no person in its properties."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
from django.utils.formats import date_format
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from rapid_reviews.report.assemble import MARKING

LANGUAGE = "en-GB"
BLUE, RED = RGBColor(0x12, 0x35, 0x5B), RGBColor(0x94, 0x25, 0x14)
FONT = "Arial"


def word(data: dict[str, Any]) -> bytes:
    """The report as .docx."""
    made = docx.Document()
    _properties(made, data)
    _styles(made)
    _page(made, data)
    made.add_heading(_plain(data["title"]), level=0)
    made.add_paragraph("Report to the national Child Safeguarding Practice Review Panel", style="Subtitle")
    as_at = date_format(date.fromisoformat(data["as_at"]), "j F Y")
    made.add_paragraph(f"{data['partnership']}. {data['naming_label']}. As at {as_at}.")
    for note in data["notes"]:
        made.add_paragraph(note, style="Intense Quote")
    for chapter in data["chapters"]:
        made.add_heading(_plain(chapter["title"]), level=1)
        for block in chapter["blocks"]:
            _BLOCKS[block["type"]](made, block)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _properties(made: Document, data: dict[str, Any]) -> None:
    """The author is the partnership: nobody's name travels with the file."""
    about = made.core_properties
    about.title = f"{data['title']}{' (draft)' if data['is_draft'] else ''}"
    about.author = about.last_modified_by = data["partnership"]
    about.subject = f"Rapid review report, {data['naming_label'].lower()}"
    about.category, about.comments, about.keywords, about.language = MARKING, "", "", LANGUAGE
    about.created = about.modified = datetime.combine(date.fromisoformat(data["as_at"]), datetime.min.time(), UTC)


def _styles(made: Document) -> None:
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    fonts = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    fonts.append(language)
    for name, size in (("Title", 24), ("Heading 1", 15), ("Heading 2", 12)):
        style = made.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), BLUE
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")  # the theme's font would win over ours
        del style.element.rPr.rFonts.attrib[qn("w:asciiTheme")]
    made.styles["Intense Quote"].font.color.rgb = RED


def _page(made: Document, data: dict[str, Any]) -> None:
    """A4, with the marking and the reference on every page, and "DRAFT" in words while it is one."""
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    words = [MARKING, data["reference"], *(["DRAFT: not agreed, must not be sent"] if data["is_draft"] else [])]
    head = page.header.paragraphs[0]
    run = head.add_run(" · ".join(words))
    run.bold, run.font.size, run.font.color.rgb = True, Pt(9), RED
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run(f"{MARKING}, page ")
    _field(foot.add_run(), "PAGE")
    foot.add_run(" of ")
    _field(foot.add_run(), "NUMPAGES")


def _field(run: Any, code: str) -> None:
    """A number that Word counts itself."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("t", "1"), ("end", "")):
        if kind in {"", "t"}:
            part = OxmlElement("w:instrText" if kind == "" else "w:t")
            part.text = text
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _heading(made: Document, block: dict[str, Any]) -> None:
    made.add_heading(_plain(block["text"]), level=2)


def _prose(made: Document, block: dict[str, Any]) -> None:
    for paragraph in block["paragraphs"]:
        made.add_paragraph(_plain(paragraph))


def _facts(made: Document, block: dict[str, Any]) -> None:
    columns = ["What", "As recorded"]
    _table(made, {"caption": block["caption"], "columns": columns, "rows": block["rows"]}, widths=(55, 111))


def _table(made: Document, block: dict[str, Any], widths: Sequence[int] = ()) -> None:
    made.add_heading(_plain(block["caption"]), level=2)
    grid = made.add_table(rows=1, cols=len(block["columns"]), style="Table Grid")
    _cells(grid.rows[0].cells, block["columns"], bold=True)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in block["rows"]:
        added = grid.add_row()
        whole = OxmlElement("w:cantSplit")
        added._tr.get_or_add_trPr().append(whole)
        _cells(added.cells, row)
    for column, width in zip(grid.columns, widths, strict=False):  # in millimetres
        for cell in column.cells:
            cell.width = Mm(width)
    made.add_paragraph()


def _cells(cells: Sequence[Any], values: Sequence[str], *, bold: bool = False) -> None:
    for cell, value in zip(cells, values, strict=True):
        run = cell.paragraphs[0].add_run(_plain(value) or "–")
        run.bold = bold


def _plain(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(mark for mark in text if mark >= " " or mark in "\n\t")


_BLOCKS = {"heading": _heading, "prose": _prose, "facts": _facts, "table": _table}
