"""The evidence bundle: ask for one, see how far it is, take it; and which documents may stand in a redacted one."""

import logging
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from core.errors import NotPermitted, WorkflowError
from documents.models import Document
from panel.typed import keeps_typed
from rapid_reviews import workflow
from rapid_reviews.bundles import store
from rapid_reviews.bundles.access import can_mark, check_mark, variants_for
from rapid_reviews.bundles.files import documents_of
from rapid_reviews.choices import Variant
from rapid_reviews.forms import SafeCopyForm
from rapid_reviews.models import Bundle, SafeCopy
from rapid_reviews.views.base import Visit, attempt, visit

NEWEST = 10
logger = logging.getLogger(__name__)


def _variants(here: Visit) -> tuple[Variant, ...]:
    found = variants_for(here.request.user, here.review, on=here.today)
    if not found:
        raise NotPermitted("A bundle holds every agency’s return. It is open to those who see the whole case.")
    return found


def _bundle(here: Visit, key: UUID) -> Bundle:
    """One of this case, of a variant that this person may have; anything else is not there."""
    bundles = Bundle.objects.visible_to(here.request.user).filter(review=here.review, variant__in=_variants(here))
    return get_object_or_404(bundles.select_related("review__referral"), key=key)


@visit()
def bundles(here: Visit) -> HttpResponse:
    """What there is, how far it is, and one button for each variant that this person may have."""
    variants = _variants(here)
    mine = Bundle.objects.visible_to(here.request.user).filter(review=here.review, variant__in=variants)
    found = list(mine.select_related("asked_by")[:NEWEST])
    for one in found:
        one.review = here.review  # for its name
    under_way = {one.variant for one in found if one.is_under_way}
    context = {
        "bundles": found,
        "variants": [(variant, variant in under_way) for variant in variants],
        "may_read": Variant.FULL in variants,
        "may_mark": can_mark(here.request.user, here.review, on=here.today),
        "documents": _marked(here) if Variant.FULL in variants else [],
    }
    return here.page("bundles", **context)


def _marked(here: Visit) -> list[tuple[Document, SafeCopy | None]]:
    """Each document of the case with the mark that lets it stand in a redacted bundle."""
    documents = documents_of(here.review)
    marks = {
        mark.document_id: mark for mark in SafeCopy.objects.filter(document__in=documents).select_related("marked_by")
    }
    return [(document, marks.get(document.pk)) for document in documents]


@require_POST
@visit()
def ask_bundle(here: Visit) -> HttpResponse:
    """One click. A second one while it is being made changes nothing."""
    variant = here.request.POST.get("variant", "")
    if variant not in Variant.values:
        raise Http404
    workflow.ask_bundle(review=here.review, variant=Variant(variant), by=here.request.user, now=here.now)
    return here.done("The bundle is being made. This page tells how far it is.", "bundle-list")


@require_GET
@visit()
def bundle_progress(here: Visit, key: UUID) -> JsonResponse:
    """For the page's script: whether the bundle is still being made."""
    bundle = _bundle(here, key)
    return JsonResponse({"rendering": bundle.is_under_way, "status": bundle.get_status_display()})


@require_GET
@visit()
def take_bundle(here: Visit, key: UUID, kind: str) -> FileResponse:
    """The PDF or the ZIP, as an attachment under a neutral name. Audited."""
    bundle = _bundle(here, key)
    if not bundle.is_ready or kind not in store.KINDS:
        raise Http404
    try:
        file = workflow.take_bundle(bundle=bundle, kind=kind, by=here.request.user, now=here.now)
    except FileNotFoundError as error:
        logger.exception("The file of bundle %s is not in storage.", bundle.pk)
        raise Http404 from error
    name = f"{bundle.name}.{kind}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=store.KINDS[kind])
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def _document(here: Visit, key: UUID) -> Document:
    check_mark(here.request.user, here.review, on=here.today)
    found = next((document for document in documents_of(here.review) if document.key == key), None)
    if found is None:
        raise Http404
    return found


@keeps_typed
@visit()
def mark_safe_copy(here: Visit, key: UUID) -> HttpResponse:
    """Say that a document names nobody, after reading it."""
    document = _document(here, key)
    form = SafeCopyForm(here.request.POST or None)
    if here.request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]

        def change() -> None:
            workflow.mark_safe_copy(
                review=here.review, document=document, reason=reason, by=here.request.user, now=here.now
            )

        if attempt(form, change):
            return here.done(f"{document.name} may stand in redacted bundles.", "bundle-list")
    return here.page("safe_copy", form=form, document=document)


@require_POST
@visit()
def unmark_safe_copy(here: Visit, key: UUID) -> HttpResponse:
    document = _document(here, key)
    try:
        workflow.unmark_safe_copy(review=here.review, document=document, by=here.request.user, now=here.now)
    except NotPermitted:
        raise
    except WorkflowError as error:
        messages.error(here.request, str(error))
        return here.home("bundle-list")
    return here.done(f"{document.name} is left out of redacted bundles from now on.", "bundle-list")
