"""What the Executive is asked: written in the draft, answered signed in or by link."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access_links.gate import guarded, not_in_use, require_link, restore_held
from access_links.models import AccessLink
from audit.workflow import record
from core.errors import WorkflowError
from highlight_reports import ledger, links, workflow
from highlight_reports.choices import Variant
from highlight_reports.forms import AnswersForm, AskForm
from highlight_reports.models import Asked
from highlight_reports.present import context as shown
from highlight_reports.reading import withheld_from
from highlight_reports.states import Status
from highlight_reports.views.reading import pdf_response
from highlight_reports.views.scope import act, draft, person, scoped
from panel.models import User
from panel.permissions import Permission
from panel.typed import keeps_typed

FORM = require_http_methods(["GET", "POST"])


@FORM
@keeps_typed
def ask_add(request: HttpRequest, reference: str) -> HttpResponse:
    report = draft(request, reference)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.add_ask(report=report, **form.cleaned_data, by=person(request), now=timezone.now())
        except WorkflowError as error:
            form.add_error("text", ValidationError(str(error)))
        else:
            messages.success(request, "Added to what the Executive is asked.")
            return redirect(f"{reverse('highlight_reports:report-detail', args=[report.reference])}#decisions")
    title = "Ask the Executive for a decision"
    return render(request, "highlight_reports/report_form.html", {"report": report, "form": form, "title": title})


@require_POST
def ask_drop(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    report = scoped(request, reference, Permission.WRITE_REPORT)
    return act(
        request,
        report,
        lambda: workflow.drop_ask(report=report, pk=pk, by=person(request), now=timezone.now()),
        "Taken out of what the Executive is asked.",
    )


@FORM
@keeps_typed
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """For somebody with an account who is on the list to which the report was sent."""
    report = scoped(request, reference)
    asked = Asked.objects.of(person(request)).filter(report=report).select_related("report").first()
    if asked is None or report.status != Status.SENT or withheld_from(person(request), report.frozen):
        raise Http404
    here = reverse("highlight_reports:report-detail", args=[report.reference])
    return _answers(request, asked, by=person(request), then=here, back=here)


@login_not_required
@FORM
def link_answer(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever came by the link in the mail and gave its code: the questions, then the report itself."""
    return _by_link(request, token, _link_page)


def _link_page(request: HttpRequest, token: str, asked: Asked) -> HttpResponse:
    if request.method == "GET":
        record(ledger.BY_LINK, by=None, obj=asked.report, reference=asked.report.reference, who=asked.name)
    restore_held(request)
    here = reverse("highlight_reports:link-answer", args=[token])
    pdf = reverse("highlight_reports:link-pdf", args=[token])
    return _answers(request, asked, by=None, then=here, pdf_url=pdf, **shown(asked.report.frozen))


@login_not_required
@require_GET
def link_pdf(request: HttpRequest, token: str) -> HttpResponse:
    return _by_link(request, token, _link_file)


def _link_file(request: HttpRequest, token: str, asked: Asked) -> HttpResponse:
    return pdf_response(asked.report, Variant.WHOLE, by=None, who=asked.name, by_link=True)


def _by_link(request: HttpRequest, token: str, view: Callable[[HttpRequest, str, Asked], HttpResponse]) -> HttpResponse:
    link = require_link(request, token, links.ANSWER)
    if not isinstance(link, AccessLink):
        return link
    asked = links.asked_of(link)
    return guarded(view(request, token, asked)) if asked is not None else not_in_use(request)


def _answers(request: HttpRequest, asked: Asked, *, by: User | None, then: str, **page: Any) -> HttpResponse:
    """The form while answers are taken; afterwards what was answered."""
    now = timezone.now()
    asks = list(asked.report.asks.all())
    given = {one.ask_id: one for one in asked.answers.all()}
    form = AnswersForm(request.POST or None, asks=asks, given=given)
    closed = ""
    try:
        workflow.check_may_answer(asked.report, asked, now)
        if request.method == "POST" and form.is_valid():
            changed = workflow.answer(asked=asked, answers=form.answers, by=by, now=now)
            messages.success(request, _said(changed))
            return redirect(then)
    except WorkflowError as error:
        closed = str(error)
    answered = [(ask, given.get(ask.pk)) for ask in asks]
    page |= {"report": asked.report, "asked": asked, "form": form, "closed": closed, "answered": answered}
    return render(request, "highlight_reports/answer.html", page)


def _said(changed: int) -> str:
    return "Your answers are recorded. You can change them until the meeting." if changed else "Nothing has changed."
