"""Taking the chronology out of the system: what the page shows, recorded in the audit trail."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from chronology import workflow
from chronology.filters import TimelineFilter
from chronology.models import Export, Row, RowQuerySet
from chronology.names import People
from chronology.states import ExportStatus
from chronology.views.importing import XLSX
from chronology.views.timeline import address, people_for
from core.errors import WorkflowError
from referrals.models import Referral
from referrals.views.base import case_page

ROWS_A_MINUTE = 2_000  # by experience, cautiously


def _asked(request: HttpRequest, referral: Referral) -> tuple[RowQuerySet, People, TimelineFilter]:
    people, _ = people_for(request, referral)
    asked = TimelineFilter(request.GET, referral=referral, people=people)
    return asked.rows(Row.objects.visible_to(request.user).filter(referral=referral).merged()), people, asked


@require_GET
@case_page
def export(request: HttpRequest, referral: Referral, kind: str) -> HttpResponse:
    """The rows of the filtered page, all of them, as xlsx or pdf; a long PDF has a page of its own."""
    from chronology import exports  # noqa: PLC0415 - WeasyPrint: a second and 46 MB that only an export needs

    rows, people, asked = _asked(request, referral)
    if kind == "xlsx":
        content, count = exports.xlsx(rows, people, referral)
    elif kind == "pdf":
        if rows.order_by()[exports.PDF_AT_ONCE : exports.PDF_AT_ONCE + 1].values("pk").exists():
            return redirect(reverse("chronology:export-new", args=[referral.reference]) + address(request))
        data = exports.document(rows, people, referral, filtered=asked.words, made_on=timezone.localdate())
        content, count = exports.pdf(data), len(data["lines"])
    else:
        raise Http404
    workflow.note_export(referral=referral, kind=kind, count=count, with_names=people.with_names, by=request.user)  # type: ignore[arg-type]
    return _download(content, referral, kind)


def _download(content: bytes, referral: Referral, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX if kind == "xlsx" else "application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{referral.reference}-chronology.{kind}"'
    return response


@case_page
def export_new(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Ask for a long PDF of what the page showed: it takes minutes, so nothing is begun by a link."""
    rows, people, asked = _asked(request, referral)
    count = rows.order_by().count()
    back = reverse("chronology:timeline", args=[referral.reference]) + address(request)
    if request.method == "POST":
        try:
            made = workflow.ask_export(
                referral=referral, filters=asked.as_asked, rows=count, with_names=people.with_names, by=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
            )  # fmt: skip
        except WorkflowError as error:
            messages.error(request, str(error))
            return redirect(back)
        return redirect("chronology:export-page", referral.reference, made.key)
    context = {"referral": referral, "case_tab": "chronology", "back": back, "count": count, "people": people}
    context["minutes"] = max(1, round(count / ROWS_A_MINUTE))
    return render(request, "chronology/export_new.html", context | {"filtered": asked.words})


def _mine(request: HttpRequest, referral: Referral, key: uuid.UUID) -> Export:
    """Only who asked for it, and only as long as they may see what it shows."""
    mine = Export.objects.visible_to(request.user).filter(referral=referral, asked_by=request.user)
    export: Export = get_object_or_404(mine.defer("content").select_related("referral"), key=key)
    workflow.check_export(request.user, referral, with_names=export.with_names, on=timezone.localdate())  # type: ignore[arg-type]
    return export


@case_page
def export_page(request: HttpRequest, referral: Referral, key: uuid.UUID) -> HttpResponse:
    """How far it is; the file when it is ready; another try where it failed."""
    export = _mine(request, referral, key)
    if request.method == "POST":
        workflow.make_export_again(export=export, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        return redirect("chronology:export-page", referral.reference, key)
    context: dict[str, Any] = {"referral": referral, "case_tab": "chronology", "export": export}
    context["until"] = export.asked_at + workflow.EXPORT_KEPT_FOR
    context["back"] = reverse("chronology:timeline", args=[referral.reference])
    return render(request, "chronology/export.html", context)


@require_GET
@case_page
def export_progress(request: HttpRequest, referral: Referral, key: uuid.UUID) -> JsonResponse:
    """For the page's script."""
    export = _mine(request, referral, key)
    return JsonResponse({"making": export.status == ExportStatus.MAKING, "percent": export.percent})


@require_GET
@case_page
def export_file(request: HttpRequest, referral: Referral, key: uuid.UUID) -> HttpResponse:
    """The PDF, to who asked for it, with what they may see asked again."""
    export = _mine(request, referral, key)
    if export.status != ExportStatus.READY:
        return redirect("chronology:export-page", referral.reference, key)
    names = export.with_names
    workflow.note_export(referral=referral, kind="pdf", count=export.rows_done, with_names=names, by=request.user)  # type: ignore[arg-type]
    return _download(bytes(export.content or b""), referral, "pdf")
