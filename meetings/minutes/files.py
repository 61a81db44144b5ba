"""The minutes as a PDF (PDF/UA-1) and as a Word file, with what exists for one reader and nothing else."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from django.template.loader import render_to_string
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core.pdf import render_pdf
from meetings.models import MinuteEntry, Minutes
from meetings.states import MinutesStatus
from panel.models import Partnership, User

MARKING = "OFFICIAL-SENSITIVE"
LANGUAGE = "en-GB"


def entries_for(minutes: Minutes, user: User) -> list[MinuteEntry]:
    rows = MinuteEntry.objects.visible_to(user).filter(minutes=minutes)
    return list(rows.select_related("item__referral", "updated_by").order_by("position", "pk"))


def data_for(minutes: Minutes, user: User) -> dict[str, Any]:
    """{"title", "partnership", "standing", "entries": [(heading, text)]}: numbered as this reader counts."""
    meeting = minutes.meeting
    on = f"{meeting.on.day} {meeting.on:%B %Y}"
    numbered, number = [], 0
    for entry in entries_for(minutes, user):
        number += entry.item_id is not None
        heading = f"{number}. {entry.heading}" if entry.item_id is not None else entry.heading
        numbered.append((heading, entry.text))
    return {
        "title": f"Minutes of the {meeting.body} of {on}", "partnership": Partnership.current().name,
        "standing": standing_of(minutes), "entries": numbered,
    }  # fmt: skip


def standing_of(minutes: Minutes) -> str:
    """ "Draft: not approved yet." or "Approved by the meeting of 12 March 2027." """
    if minutes.status == MinutesStatus.APPROVED and minutes.approved_in is not None:
        day = minutes.approved_in.on
        return f"Approved by the meeting of {day.day} {day:%B %Y}."
    return "Draft: not approved yet."


def pdf(minutes: Minutes, user: User) -> bytes:
    """Raises core.pdf.PdfError."""
    about = {"data": data_for(minutes, user), "meeting": minutes.meeting}
    return render_pdf(render_to_string("pdf/meetings/minutes.html", about))


def word(minutes: Minutes, user: User) -> bytes:
    """The same as .docx: headings, a language, nobody's name in its properties."""
    data, made = data_for(minutes, user), docx.Document()
    about = made.core_properties
    about.title, about.category, about.language = data["title"], MARKING, LANGUAGE
    about.author = about.last_modified_by = data["partnership"]
    about.comments = about.keywords = ""
    about.created = about.modified = datetime.combine(minutes.meeting.on, minutes.meeting.at, UTC)
    _page(made)
    made.add_heading(_plain(data["title"]), level=0)
    made.add_paragraph(f"{data['partnership']}. {minutes.meeting.place}. {data['standing']}")
    for heading, text in data["entries"]:
        made.add_heading(_plain(heading), level=1)
        for paragraph in text.split("\n\n"):
            made.add_paragraph(_plain(paragraph))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _page(made: Any) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    run = page.header.paragraphs[0].add_run(MARKING)
    run.bold, run.font.size = True, Pt(9)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    normal.element.get_or_add_rPr().append(language)


def _plain(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(mark for mark in text if mark >= " " or mark in "\n\t")
