"""A bundle made in a folder: documents, our own pages, one PDF, the ZIP. Writes nothing to the database.

For the worker alone: WeasyPrint takes a second and 46 MB to import.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from core.pdf import render_pdf
from rapid_reviews.bundles import binding, files, packing
from rapid_reviews.bundles.files import Paper
from rapid_reviews.bundles.packing import Entry
from rapid_reviews.bundles.papers import Papers
from rapid_reviews.choices import Variant
from rapid_reviews.models import RapidReview

MOST_PASSES = 4
OWN_STEPS = 4  # beside one for each document
Tell = Callable[[str, int, int], None]  # what is being done, how many steps are done, of how many


@dataclass(frozen=True)
class Made:
    """What came of it. `listing` is what is in the ZIP: name, size, sha256, note."""

    pdf: Path
    zip: Path
    pages: int
    listing: list[dict[str, Any]]


def make(review: RapidReview, variant: Variant, folder: Path, *, name: str, now: datetime, tell: Tell) -> Made:
    """Make the bundle `name` of `review` in `folder`, which is empty and goes away afterwards."""
    documents = files.documents_of(review)
    total = len(documents) + OWN_STEPS
    held_back = files.withheld(documents, variant)
    papers = []
    for number, document in enumerate(documents):
        tell(f"Document {number + 1} of {len(documents)}", number, total)
        papers.append(files.prepare(document, folder, is_withheld=document.pk in held_back))
    done = len(documents)
    tell("The chronology", done, total)
    reading = Papers(review, variant)
    reference = review.referral.reference
    sheet = folder / f"{reference}-chronology.xlsx"
    sheet.write_bytes(reading.spreadsheet())
    tell("The pages of the case", done + 1, total)
    own = _own_pages(reading, papers, [_spreadsheet(sheet), *_enclosed(papers)], folder, now)
    tell("Binding the PDF", done + 2, total)
    bound = folder / f"{name}.pdf"
    pages = binding.bind(own, papers, bound, reference=reference)
    tell("Packing the ZIP", done + 3, total)
    packed = folder / f"{name}.zip"
    whole = [Entry(bound.name, bound, f"The bundle, {pages} pages"), _spreadsheet(sheet), *_enclosed(papers)]
    listing = packing.pack(whole, packed, folder=name, work=folder, made_at=now)
    return Made(bound, packed, pages, [_told(one) for one in listing])


def _spreadsheet(path: Path) -> Entry:
    return Entry(path.name, path, "All rows of the merged chronology")


def _enclosed(papers: list[Paper]) -> list[Entry]:
    """The originals, with what became of each."""
    return [
        Entry(
            f"documents/{paper.document.filename}",
            paper.original,
            paper.reason or f"Pages {paper.first} to {paper.last} of the PDF",
        )
        for paper in papers
        if paper.original is not None
    ]


def _told(entry: Entry) -> dict[str, Any]:
    return {"name": entry.name, "size": entry.size, "sha256": entry.sha256, "note": entry.note}


def _own_pages(reading: Papers, papers: list[Paper], entries: list[Entry], folder: Path, now: datetime) -> Path:
    """Our pages, made again until the page numbers that stand in them are the ones that came of them."""
    target = folder / "own.pdf"
    listed = [_told(entry) for entry in entries]
    hash_page = 0
    for _ in range(MOST_PASSES):
        data = reading.data(papers, listed, now=now) | {"hash_page": hash_page}
        target.write_bytes(render_pdf(render_to_string("pdf/rapid_reviews/bundle.html", data)))
        before = (hash_page, [paper.first for paper in papers])
        hash_page = binding.place(target, papers)
        if before == (hash_page, [paper.first for paper in papers]):
            return target
    raise binding.BindingError("The page numbers do not settle.")
