"""Withdraw a report, and begin its correction."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import WorkflowError
from highlight_reports import workflow
from highlight_reports.forms import WithdrawForm
from highlight_reports.states import TABLE
from highlight_reports.views.scope import person, scoped
from panel.permissions import Permission
from panel.typed import keeps_typed


@require_http_methods(["GET", "POST"])
@keeps_typed
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    report = scoped(request, reference, Permission.SEND_REPORT)
    if request.method == "GET" and TABLE.find(report.status, "withdraw") is None:
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.withdraw(report=report, **form.cleaned_data, by=person(request), now=timezone.now())
        except WorkflowError as error:
            form.add_error("reason", ValidationError(str(error)))
        else:
            messages.success(request, "Withdrawn. Everybody who got it is told. Now begin the correction.")
            return redirect("highlight_reports:report-detail", report.reference)
    page = {
        "report": report, "form": form, "title": f"Withdraw {report.reference}",
        "lead": "Everybody to whom it was sent is told not to use it, and links to answer it end. The report itself "
        "stays as it is, marked as withdrawn; a numbered correction takes its place.",
    }  # fmt: skip
    return render(request, "highlight_reports/report_form.html", page)


@require_POST
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    report = scoped(request, reference, Permission.WRITE_REPORT)
    try:
        made = workflow.correct(report=report, by=person(request), now=timezone.now())
    except WorkflowError as error:
        messages.error(request, str(error))
        return redirect("highlight_reports:report-detail", report.reference)
    messages.success(request, f"This is the draft of version {made.version}. Its figures are those of today.")
    return redirect("highlight_reports:report-detail", made.reference)
