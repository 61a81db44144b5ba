"""The list of reports, the HTML twin of one, and its PDF."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from audit.models import Event
from audit.workflow import record
from core.errors import WorkflowError
from core.walls import closed_to
from highlight_reports import emails
from highlight_reports.assemble import assemble_for
from highlight_reports.models import HighlightReport, RenderedPdf
from highlight_reports.permissions import can_approve
from highlight_reports.present import context as shown
from highlight_reports.reading import for_reader, withheld_from
from highlight_reports.states import Status
from highlight_reports.views.scope import person, require, scoped
from notifications.models import Message
from panel.models import User
from panel.permissions import Permission, can


@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    require(request, Permission.SEE_REPORTS)
    reports = HighlightReport.objects.visible_to(person(request)).kept().defer("data")
    return render(request, "highlight_reports/report_list.html", {"reports": reports})


@require_GET
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """The HTML twin: the same dict in the same order as the PDF, as this person may read it."""
    report = scoped(request, reference)
    user = person(request)
    record("report.read", by=user, obj=report, reference=report.reference)
    more: dict[str, Any] = {}
    try:
        data = _data(report, user)
    except WorkflowError as error:  # the calendar does not reach
        data, more["problem"] = None, str(error)
    if data is not None:
        more |= shown(for_reader(data, user)) | {"may_approve": can_approve(report, data, user)}
    page = {"report": report, **more, **_beside(report, user, data)}
    return render(request, "highlight_reports/report_detail.html", page)


def _data(report: HighlightReport, user: User) -> dict[str, Any] | None:
    """Live in a draft, frozen later, none where it was discarded."""
    if report.is_draft:
        return assemble_for(report, user, as_at=timezone.localdate())
    data: dict[str, Any] | None = report.data
    return data


def _beside(report: HighlightReport, user: User, data: dict[str, Any] | None) -> dict[str, Any]:
    """What only those who make the report see: its way so far and where its mails are.

    Not where part of it is withheld: who got it, how many were left out and why it was sent back tell of the case.
    """
    if not (can(user, Permission.WRITE_REPORT) or can(user, Permission.APPROVE_REPORT)):
        return {"pdf": _pdf_row(report)}
    closed = closed_to(user)
    if data is not None and not report.is_draft and withheld_from(user, data):
        return {"pdf": _pdf_row(report)}
    mails = Message.objects.filter(kind=emails.TO_EXECUTIVE, reference=report.reference)
    return {
        "pdf": _pdf_row(report),
        "deliveries": mails.only("address", "state", "sent_at", "uncertain", "last_error").order_by("address"),
        "reason": report.sent_back_reason if not closed or report.sent_back_by_id == user.pk else "",
        "not_mine": _not_mine(report, user) if closed and report.is_draft else frozenset(),
        "history": Event.objects.about(report.reference).exclude(verb="report.read"),
    }


def _not_mine(report: HighlightReport, user: User) -> frozenset[str]:
    """The sections that another person writes, where these are closed to `user` (reading.may_read_commentary)."""
    return frozenset(report.commentaries.exclude(updated_by=user).values_list("section", flat=True))


def _pdf_row(report: HighlightReport) -> RenderedPdf | None:
    """The PDF's hash and size without its bytes."""
    return RenderedPdf.objects.defer("content").filter(report=report).first()


@require_GET
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The PDF. For somebody who may not see a case in it, it does not exist."""
    report = scoped(request, reference)
    if not report.has_pdf or withheld_from(person(request), report.frozen):
        raise Http404
    record("report.downloaded", by=person(request), obj=report, reference=report.reference)
    response = HttpResponse(bytes(report.pdf.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{report.pdf.file_name}"'
    return response


@require_GET
def progress(request: HttpRequest, reference: str) -> JsonResponse:
    """For the page's script: whether the PDF is still being made."""
    report = scoped(request, reference)
    return JsonResponse({"rendering": report.status == Status.RENDERING, "status": report.get_status_display()})
