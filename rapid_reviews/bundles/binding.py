"""One PDF of our own pages and the documents' pages: bookmarks, links that lead to pages, a stamp on every page."""

from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from rapid_reviews.bundles.files import Paper

LINK = "bundle:"  # <a href="bundle:document-5"> becomes a link to that document's first page
HASHES = "hashes"  # the anchor in our pages before which the documents come
FONT = Name("/CsprStamp")


class BindingError(Exception):
    """Our own pages are not as they should be: a fault of ours, not of a document."""


def page_of(pdf: pikepdf.Pdf, anchor: str) -> int:
    """The index of the page on which `anchor` stands."""
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    if anchor not in names:
        raise BindingError(f"There is no {anchor!r} in our pages.")
    found = names[anchor]
    destination = found.D if isinstance(found, Dictionary) else found
    return int(pikepdf.Page(destination[0]).index)


def place(own: Path, papers: Sequence[Paper]) -> int:
    """Give each paper its first page, between our own pages and the list of hashes; returns the page of that list."""
    with pikepdf.open(own) as pdf:
        after = page_of(pdf, HASHES) + 1
    for paper in papers:
        paper.first = after if paper.pages else 0
        after += paper.pages
    return after


def bind(own: Path, papers: Sequence[Paper], target: Path, *, reference: str) -> int:
    """Write the bundle to `target`; returns how many pages it has."""
    bound = [paper for paper in papers if paper.bound]
    with pikepdf.open(own) as pdf:
        at = page_of(pdf, HASHES)
        for paper in bound:
            with pikepdf.open(str(paper.bound)) as source:
                for number, page in enumerate(source.pages):
                    pdf.pages.insert(at + number, page)
            at += paper.pages
        _bookmark(pdf, bound)
        _lead_links(pdf, bound)
        _stamp_all(pdf, reference)
        _describe(pdf, reference)
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(pdf.pages)


def _bookmark(pdf: pikepdf.Pdf, papers: Sequence[Paper]) -> None:
    with pdf.open_outline() as outline:
        documents = next(item for item in outline.root if item.title.startswith("Documents"))
        for paper in papers:
            documents.children.append(OutlineItem(paper.document.name, paper.first - 1))


def _lead_links(pdf: pikepdf.Pdf, papers: Sequence[Paper]) -> None:
    """Our links to documents lead to their pages; they were written before these pages were there."""
    targets = {f"{LINK}{paper.anchor}": pdf.pages[paper.first - 1].obj for paper in papers}
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            action = note.get("/A")
            if not isinstance(action, Dictionary) or not str(action.get("/URI", "")).startswith(LINK):
                continue
            del note["/A"]
            target = targets.get(str(action.URI))
            if target is not None:
                note["/Dest"] = Array([target, Name.Fit])


def _stamp_all(pdf: pikepdf.Pdf, reference: str) -> None:
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    count = len(pdf.pages)
    for number, page in enumerate(pdf.pages, 1):
        page.add_resource(font, Name.Font, FONT)
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(b"\nQ\n" + _stamp(page, f"{reference} · page {number} of {count}"))


def _stamp(page: pikepdf.Page, text: str) -> bytes:
    """Drawn at the foot of the page as it is seen, however the page is turned, on a white ground."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    width, height = abs(right - left), abs(top - bottom)
    left, bottom = min(left, right), min(bottom, top)
    turn = int(page.obj.get("/Rotate", 0)) % 360
    matrices = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, left + width, bottom),
        180: (-1, 0, 0, -1, left + width, bottom + height),
        270: (0, -1, 1, 0, left, bottom + height),
    }
    seen = width if turn in (0, 180) else height
    size = min(max(min(width, height) / 70, 6), 40)
    span = len(text) * size * 0.52
    start = max(seen - span - 3 * size, size)
    matrix = " ".join(f"{value:.2f}" for value in matrices.get(turn, matrices[0]))
    ground = f"1 g {start - size / 2:.2f} {size:.2f} {span + size:.2f} {size * 1.5:.2f} re f"
    literal = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    words = f"BT 0 g {FONT} {size:.2f} Tf {start:.2f} {size * 1.4:.2f} Td ({literal}) Tj ET"
    return f"/Artifact BMC q {matrix} cm {ground} {words} Q EMC\n".encode("cp1252", "replace")


def _describe(pdf: pikepdf.Pdf, reference: str) -> None:
    """The file's properties: the reference and nothing else, and no claim that all pages are tagged."""
    for name in list(pdf.docinfo.keys()):
        del pdf.docinfo[name]
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"], metadata["dc:creator"] = reference, [reference]
    pdf.docinfo["/Title"] = pdf.docinfo["/Author"] = reference
    pdf.Root["/PageMode"] = Name.UseOutlines
