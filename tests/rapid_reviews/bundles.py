"""Evidence bundles by the real workflow, and what stands in them."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pikepdf
from django.utils import timezone
from pypdf import PdfReader

from agency_returns.models import AgencyReturn
from agency_returns.states import Status as ReturnStatus
from core.guard import workflow as guarded
from documents import storage
from documents.models import Document
from rapid_reviews import workflow
from rapid_reviews.choices import Criterion, Variant
from rapid_reviews.models import Bundle, RapidReview
from rapid_reviews.states import Status
from rapid_reviews.workflow import bundles
from tests.agency_returns.factories import give_leads, request_at
from tests.chronology.factories import add
from tests.documents import files
from tests.documents.factories import store
from tests.rapid_reviews.factories import decide_all, draft, rapid_review_at
from tests.referrals.factories import CHILD_NAME


def pages(texts: list[str], **page: Any) -> bytes:
    """A PDF with one page for each text; `page` are keys of the page, as Rotate=90."""
    made = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for text in texts:
        one = made.add_blank_page(page_size=(595, 842))
        one.add_resource(font, pikepdf.Name.Font, pikepdf.Name("/F1"))
        one.contents_add(f"BT /F1 20 Tf 60 700 Td ({text}) Tj ET".encode())
        for name, value in page.items():
            one[f"/{name}"] = value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def replace_file(document: Document, data: bytes) -> None:
    """As if the checks at the upload had let through something else."""
    storage.delete(document.key)
    storage.save(document.key, data)
    digest = hashlib.sha256(data).hexdigest()
    guarded(Document.objects.filter(pk=document.pk).update)(sha256_stored=digest)


@dataclass
class Case:
    review: RapidReview
    documents: dict[str, Document]


def case(*, now: datetime | None = None) -> Case:
    """A decided review with everything: a return, rows, evidence of each kind, and documents of each sort."""
    give_leads()
    review = rapid_review_at(Status.DRAFTING, now=now)
    referral, by = review.referral, review.opened_by
    request = request_at(ReturnStatus.RETURNED, referral=referral, now=now)
    row = add(referral, None, date(2024, 5, 3), f"{CHILD_NAME} was seen at school.")
    made = {
        "three": store(referral, pages(["First alpha", "Second alpha", "Third alpha"])),
        "turned": store(referral, pages(["Turned beta"], Rotate=90)),
        "picture": store(referral, files.png(), "png"),
        "text": store(referral, b"Plain gamma words", "txt"),
        "word": store(referral, files.word("Word delta"), "docx"),
    }
    version = AgencyReturn.objects.get(request=request)
    now = now or timezone.now()
    workflow.link_evidence(
        review=review, criterion=Criterion.IMPROVEMENTS, things=[row, version, made["turned"]], by=by, now=now
    )
    draft(review, now=now)
    workflow.record_recommendation(review=review, by=by, now=now)
    decide_all(review, now=now)
    return Case(RapidReview.objects.get(pk=review.pk), made)


def make(review: RapidReview, variant: Variant = Variant.FULL, *, now: datetime | None = None) -> Bundle:
    """Asked for and made."""
    now = now or timezone.now()
    bundle = workflow.ask_bundle(review=review, variant=variant, by=review.opened_by, now=now)
    bundles.make(pk=bundle.pk, clock=lambda: now)
    return Bundle.objects.select_related("review__referral").get(pk=bundle.pk)


def content(bundle: Bundle, kind: str) -> bytes:
    with bundles.store.open_file(bundle.key.hex, bundle.attempts, kind) as file:
        found: bytes = file.read()
    return found


def reader(bundle: Bundle) -> PdfReader:
    return PdfReader(io.BytesIO(content(bundle, "pdf")))


def unpacked(bundle: Bundle) -> dict[str, bytes]:
    """Name within the ZIP's folder → content."""
    with zipfile.ZipFile(io.BytesIO(content(bundle, "zip"))) as packed:
        assert packed.testzip() is None
        return {name.removeprefix(f"{bundle.name}/"): packed.read(name) for name in packed.namelist()}
