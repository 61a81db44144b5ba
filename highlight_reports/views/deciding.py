"""Submit, approve, send back, render again, send."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import WorkflowError
from highlight_reports import workflow
from highlight_reports.forms import ChooseListForm, SendBackForm, SendForm
from highlight_reports.models import HighlightReport
from highlight_reports.reading import withheld_from
from highlight_reports.recipients import recipients
from highlight_reports.states import Status
from highlight_reports.views.scope import act, person, scoped
from notifications.models import DistributionList
from panel.permissions import Permission

FORM = require_http_methods(["GET", "POST"])


@require_POST
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    report = scoped(request, reference, Permission.WRITE_REPORT)
    return act(
        request,
        report,
        lambda: workflow.submit(report=report, by=person(request), now=timezone.now()),
        "Submitted. The chair and the deputy chair get a mail.",
    )


@require_POST
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    report = scoped(request, reference, Permission.APPROVE_REPORT)
    return act(
        request,
        report,
        lambda: workflow.approve(report=report, by=person(request), now=timezone.now()),
        "Approved. The PDF is being made.",
    )


@FORM
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    report = scoped(request, reference, Permission.APPROVE_REPORT)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            report,
            lambda: workflow.send_back(report=report, **form.cleaned_data, by=person(request), now=timezone.now()),
            "Sent back. Its author gets a mail.",
        )
    return render(request, "highlight_reports/report_send_back.html", {"report": report, "form": form})


@require_POST
def render_again(request: HttpRequest, reference: str) -> HttpResponse:
    report = scoped(request, reference, Permission.WRITE_REPORT)
    return act(
        request,
        report,
        lambda: workflow.render_again(report=report, by=person(request), now=timezone.now()),
        "The PDF is being made.",
    )


@FORM
def send(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose a list (?list=), see who is on it, send."""
    report = scoped(request, reference, Permission.SEND_REPORT)
    if report.status not in (Status.READY, Status.SENT):
        raise Http404
    chosen = request.POST.get("distribution_list") or request.GET.get("distribution_list", "")
    found = DistributionList.objects.filter(pk=chosen).first() if chosen.isdigit() else None
    if found is not None:
        return _check_and_send(request, report, found)
    form = ChooseListForm(request.GET if "distribution_list" in request.GET else None)
    page = {"report": report, "form": form, "there_are_lists": DistributionList.objects.exists()}
    return render(request, "highlight_reports/report_choose_list.html", page)


def _check_and_send(request: HttpRequest, report: HighlightReport, chosen: DistributionList) -> HttpResponse:
    who = recipients(chosen, report.frozen, on=timezone.localdate())
    blind = bool(withheld_from(person(request), report.frozen))
    form = SendForm(request.POST or None, recipients=None if blind else who, initial={"distribution_list": chosen})
    if request.method == "POST" and form.is_valid():
        try:
            sending = workflow.send(report=report, **form.cleaned_data, by=person(request), now=timezone.now())
        except WorkflowError as error:
            form.add_error(None, ValidationError(str(error)))
        else:
            messages.success(request, BLIND if blind else _said(sending))
            return redirect("highlight_reports:report-detail", report.reference)
    page = {"report": report, "form": form, "chosen": chosen, "who": None if blind else who}
    return render(request, "highlight_reports/report_send.html", page)


BLIND = "The report is on its way to everybody on the list who may get it. Nobody gets it twice."


def _said(sending: workflow.Sending) -> str:
    if not sending.queued:
        return "Everybody on the list has this report already; nothing was sent twice."
    people = "1 person" if sending.queued == 1 else f"{sending.queued} people"
    return f"The report is on its way to {people}."
