"""A few invented documents, made here as small PDF, Word and CSV files and stored through the workflow."""

import io
from dataclasses import dataclass

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from weasyprint import HTML

from demo.days import Days
from demo.people import Cast
from documents import workflow
from documents.models import Document
from panel.models import User
from referrals.documents import key_of
from referrals.models import Referral


def pdf(title: str, text: str) -> bytes:
    made: bytes = HTML(string=f"<html lang=en><title>{title}</title><h1>{title}</h1><p>{text}</p></html>").write_pdf()
    return made


def word(title: str, text: str) -> bytes:
    made = docx.Document()
    made.core_properties.author = "Kit Invented"  # taken out before storing, and the page says so
    made.add_heading(title)
    made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def csv(title: str, text: str) -> bytes:
    return f"Date,{title}\n2026-03-02,{text}\n".encode()


@dataclass(frozen=True)
class Paper:
    """One document: type, description, the name under which it comes, and its text."""

    kind: str
    description: str
    name: str
    text: str

    def data(self) -> bytes:
        title, ending = self.name.rsplit(".", 1)
        return {"pdf": pdf, "docx": word, "csv": csv}[ending](title, self.text)


COPY = Paper("notification", "Copy of the notification as sent", "SIN copy.pdf", "An invented copy.")
LETTER = Paper("agency-return", "Dates of contact with community health", "Letter.docx", "Three invented contacts.")
ROWS = Paper("chronology", "Dates of contact of the school", "School.csv", "Absent")
BRIEF = Paper("media", "Lines to take, agreed with the communications lead", "Lines.pdf", "No comment yet.")
EARLIER = Paper("legal", "Police log, first cut", "Log.pdf", "Two invented entries.")
LATER = Paper("legal", "Police log, complete", "Log complete.pdf", "Five invented entries.")
MISTAKE = Paper("other", "Sent by mistake", "Rota.pdf", "An invented rota.")

BY_STORY = {"recorded": [COPY], "drafting": [COPY, LETTER, ROWS, BRIEF], "late": [COPY, LETTER], "walled": [LETTER]}
WITH_VERSIONS = "drafting"


def add(story: str, case: Referral, cast: Cast, days: Days) -> None:
    """The papers of the story `story`; in one case a new version, a legal hold and a withdrawal as well."""
    by = cast.business_manager
    for paper in BY_STORY.get(story, []):
        _store(paper, case, by, days)
    if story != WITH_VERSIONS:
        return
    later = _store(LATER, case, by, days, supersedes=_store(EARLIER, case, by, days))
    workflow.hold(document=later, reason="Criminal proceedings are under way.", by=by, now=days.now)
    mistake = _store(MISTAKE, case, by, days)
    workflow.withdraw(document=mistake, reason="It belongs to no case.", by=by, now=days.now)


def _store(paper: Paper, case: Referral, by: User, days: Days, supersedes: Document | None = None) -> Document:
    return workflow.store(
        owner_key=key_of(case), reference=case.reference, file=SimpleUploadedFile(paper.name, paper.data()),
        kind=paper.kind, description=paper.description, by=by, now=days.now, supersedes=supersedes,
    )  # fmt: skip
