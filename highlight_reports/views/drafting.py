"""Start a report, choose its dates, write its commentary, or drop it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.errors import WorkflowError
from highlight_reports import workflow
from highlight_reports.assemble import BUILDERS, assemble_for
from highlight_reports.choices import HINTS, SectionCode
from highlight_reports.executive import next_meeting_day
from highlight_reports.forms import CommentaryForm, DatesForm
from highlight_reports.models import HighlightReport
from highlight_reports.present import context as shown
from highlight_reports.reading import for_reader, may_read_commentary
from highlight_reports.views.scope import act, draft, person, require, scoped
from highlight_reports.workflow import CommentaryConflict
from panel.permissions import Permission

FORM = require_http_methods(["GET", "POST"])


@FORM
def start(request: HttpRequest) -> HttpResponse:
    require(request, Permission.WRITE_REPORT)
    form = DatesForm(request.POST or None, initial=_proposed())
    if request.method == "POST" and form.is_valid():
        try:
            report = workflow.assemble(**form.cleaned_data, by=person(request), now=timezone.now())
        except WorkflowError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            return redirect("highlight_reports:report-detail", report.reference)
    return render(request, "highlight_reports/report_dates.html", {"form": form, "report": None})


def _proposed() -> dict[str, Any]:
    """For the next Executive meeting; from the day after the last report's period until yesterday, which is over."""
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    meeting = {"meeting_on": next_meeting_day(today)}
    last = HighlightReport.objects.kept().order_by("-period_to").first()
    if last is None:
        return meeting | {"period_to": yesterday}
    following = {"period_from": last.period_to + timedelta(days=1)}
    return meeting | following | ({"period_to": yesterday} if last.period_to < yesterday else {})


@FORM
def dates(request: HttpRequest, reference: str) -> HttpResponse:
    report = draft(request, reference)
    initial = {"meeting_on": report.meeting_on, "period_from": report.period_from, "period_to": report.period_to}
    form = DatesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.reschedule(report=report, **form.cleaned_data, by=person(request), now=timezone.now())
        except WorkflowError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            return redirect("highlight_reports:report-detail", report.reference)
    return render(request, "highlight_reports/report_dates.html", {"form": form, "report": report})


@FORM
def commentary(request: HttpRequest, reference: str, section: str) -> HttpResponse:
    """One section's figures and the box beside them. The script saves while the person types."""
    report = scoped(request, reference, Permission.WRITE_REPORT)
    if section not in BUILDERS or (request.method == "GET" and not report.is_draft):
        raise Http404
    code = SectionCode(section)
    there = report.commentaries.filter(section=code).first()
    if not may_read_commentary(person(request), there):
        raise Http404
    initial = {"text": there.text, "version": there.version} if there else {"version": 0}
    form = CommentaryForm(request.POST or None, initial=initial, section_label=code.label, hint=HINTS[code])
    if request.method == "POST":
        return _save_commentary(request, report, code, form)
    return _commentary_page(request, report, code, form)


def _save_commentary(
    request: HttpRequest, report: HighlightReport, code: SectionCode, form: CommentaryForm
) -> HttpResponse:
    theirs = None
    if form.is_valid():
        try:
            saved = workflow.write_commentary(
                report=report, section=code, **form.cleaned_data, by=person(request), now=timezone.now()
            )
        except WorkflowError as error:
            form.add_error("text", ValidationError(str(error)))
            theirs = error.theirs if isinstance(error, CommentaryConflict) else None
        else:
            if _wants_json(request):
                return JsonResponse({"version": saved.version, "saved": f"{timezone.localtime():%H:%M}"})
            messages.success(request, f"Commentary on “{code.label}” saved.")
            return redirect(f"{reverse('highlight_reports:report-detail', args=[report.reference])}#{code}")
    if _wants_json(request):
        return _refused(form, "Press Save to see both." if theirs else "It is not saved.")
    return _commentary_page(request, report, code, form, theirs=theirs)


def _refused(form: CommentaryForm, then: str) -> JsonResponse:
    return JsonResponse({"error": " ".join([*map(str, form.errors.get("text", [])), then])}, status=409)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _commentary_page(
    request: HttpRequest, report: HighlightReport, code: SectionCode, form: CommentaryForm, *, theirs: Any = None
) -> HttpResponse:
    if theirs is not None:  # the box keeps what was typed; saving again replaces the text shown above it
        kept = request.POST.copy()
        kept["version"] = str(theirs.version)
        form.data = kept
    page = {"report": report, "form": form, "code": code, "theirs": theirs}
    if report.is_draft:
        user = person(request)
        data = shown(for_reader(assemble_for(report, user, as_at=timezone.localdate()), user))
        page["section"] = next(one for one in data["sections"] if one["code"] == code)
    return render(request, "highlight_reports/commentary.html", page)


@FORM
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    report = draft(request, reference)
    if request.method == "GET":
        return render(request, "highlight_reports/report_discard.html", {"report": report})
    return act(
        request,
        report,
        lambda: workflow.discard(report=report, by=person(request), now=timezone.now()),
        f"{report.reference} discarded.",
    )
