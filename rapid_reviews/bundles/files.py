"""Each document for the bundle: its pages as a PDF of its own, or why it has none. A bad file breaks nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from django.db.models import Q
from django.template.loader import render_to_string

from core.pdf import SCHEME, PdfError, Resource, render_pdf
from documents import storage
from documents.models import Document
from documents.states import Status
from rapid_reviews.choices import Variant
from rapid_reviews.models import Evidence, RapidReview, SafeCopy
from referrals.documents import key_of

MOST_TEXT = 300_000  # characters that are set as pages; longer texts are enclosed only
WITHHELD = "Withheld: not redacted. Nobody has marked it as a copy without names."
ENCLOSED = "Enclosed as a file in the ZIP: a {} is not turned into pages."
PASSWORD = "It is protected by a password, so its pages cannot be shown. The file is enclosed in the ZIP."  # noqa: S105
BROKEN = "It is damaged, so its pages cannot be shown. The file is enclosed in the ZIP."
EMPTY = "It has no content: the file is empty."
MISSING = "Its file is missing from the store."
CHANGED = "Its file is not the one that was stored: the hash differs. It is left out."
WAITING = "It waits for the virus scan and is left out."
NOT_OF_A_PAGE = ("/Annots", "/AA", "/StructParents", "/Thumb", "/B", "/Tabs", "/PieceInfo", "/Metadata")
IMAGES = {"png", "jpg", "jpeg"}
TEXTS = {"txt", "csv"}


@dataclass
class Paper:
    """One document in the bundle. `pages` stays 0 where `reason` says why; `original` is what the ZIP encloses."""

    document: Document
    reason: str = ""
    original: Path | None = None
    sha256: str = ""
    bound: Path | None = None
    pages: int = 0
    first: int = 0  # its first page in the bundle, from 1

    @property
    def last(self) -> int:
        return self.first + self.pages - 1

    @property
    def anchor(self) -> str:
        return f"document-{self.document.pk}"

    @property
    def is_withheld(self) -> bool:
        return self.reason == WITHHELD


def documents_of(review: RapidReview) -> list[Document]:
    """Those in use, and those replaced since that a finding still rests on."""
    cited = Evidence.objects.filter(review=review, document__isnull=False, links__isnull=False).values("document")
    all_of_case = Document.objects.of(key_of(review.referral)).with_replaced().select_related("kind")
    in_use = Q(status__in=[Status.AVAILABLE, Status.WAITING], is_replaced=False)
    return list(all_of_case.filter(in_use | Q(pk__in=cited, status=Status.AVAILABLE)).order_by("number"))


def withheld(documents: Iterable[Document], variant: Variant) -> set[int]:
    """The keys of those that may not stand in this variant."""
    if variant == Variant.FULL:
        return set()
    safe = set(SafeCopy.objects.values_list("document", flat=True))
    return {document.pk for document in documents if document.pk not in safe}


def prepare(document: Document, folder: Path, *, is_withheld: bool) -> Paper:
    """Fetch, check and turn into pages. Writes into `folder`; what is withheld is not even opened."""
    if is_withheld:
        return Paper(document, WITHHELD)
    if not document.is_available:
        return Paper(document, WAITING)
    try:
        data = storage.read(document.key)
    except FileNotFoundError:
        return Paper(document, MISSING)
    digest = hashlib.sha256(data).hexdigest()
    if digest != document.sha256_stored:
        return Paper(document, CHANGED)
    paper = Paper(document, original=folder / document.filename, sha256=digest)
    (folder / document.filename).write_bytes(data)
    bound = folder / f"{document.pk}.bound.pdf"
    paper.reason = _bind(document, data, bound)
    if not paper.reason:
        paper.bound = bound
        with pikepdf.open(bound) as pdf:
            paper.pages = len(pdf.pages)
    return paper


def _bind(document: Document, data: bytes, target: Path) -> str:
    """Write the pages to `target`; the reason where there are none."""
    if not data:
        return EMPTY
    kind = document.extension
    try:
        if kind == "pdf":
            return _from_pdf(target.with_suffix(".raw"), data, target)
        if kind in IMAGES:
            target.write_bytes(_sheet(document, image=Resource(document.content_type, data)))
        elif kind in TEXTS and len(data) <= MOST_TEXT:
            target.write_bytes(_sheet(document, text=data.decode("utf-8", "replace")))
        else:
            return ENCLOSED.format(f"{kind.upper()} file" if kind not in TEXTS else "text of this length")
    except (PdfError, ValueError, OSError, SyntaxError):
        return BROKEN
    return ""


def _from_pdf(raw: Path, data: bytes, target: Path) -> str:
    """The pages alone: comments and fields become part of them, links, scripts and attached files stay behind."""
    raw.write_bytes(data)
    try:
        with pikepdf.open(raw) as pdf:
            if not len(pdf.pages):
                return EMPTY
            _flatten(pdf)
            with pikepdf.new() as clean:
                clean.pages.extend(pdf.pages)
                _strip(clean)
                clean.save(target)
    except pikepdf.PasswordError:
        return PASSWORD
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError, AttributeError):
        return BROKEN
    finally:
        raw.unlink(missing_ok=True)
    return ""


def _strip(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for name in NOT_OF_A_PAGE:
            if name in page:
                del page[name]


def _flatten(pdf: pikepdf.Pdf) -> None:
    """What is written in fields and comments is evidence too; where that fails, the page without them is."""
    try:
        pdf.flatten_annotations("all")
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return


def _sheet(document: Document, *, image: Resource | None = None, text: str = "") -> bytes:
    data = {"name": document.name, "scheme": SCHEME, "has_image": image is not None, "text": text}
    html = render_to_string("pdf/rapid_reviews/sheet.html", data)
    return render_pdf(html, resources={"picture": image} if image else {})
