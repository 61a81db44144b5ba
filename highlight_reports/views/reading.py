"""The list of reports, the HTML twin of one, and its PDF."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from audit.models import Event
from audit.workflow import record
from core.errors import WorkflowError
from core.walls import closed_to
from highlight_reports import emails, ledger
from highlight_reports.answers import Outcome, outcomes
from highlight_reports.assemble import assemble_for
from highlight_reports.choices import Variant
from highlight_reports.models import Answer, Asked, HighlightReport, RenderedPdf
from highlight_reports.names import KnownNames, known_names
from highlight_reports.permissions import can_approve
from highlight_reports.present import context as shown
from highlight_reports.reading import for_reader, may_read_ask, withheld_from
from highlight_reports.states import Status
from highlight_reports.views.scope import is_maker, person, require, scoped
from notifications.models import Message
from panel.models import User
from panel.permissions import Permission, can

NAME_IN_COMMENT = "The comment names somebody; the business manager has it."


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
    record(ledger.READ, by=user, obj=report, reference=report.reference)
    more: dict[str, Any] = {}
    try:
        data = _data(report, user)
    except WorkflowError as error:  # the calendar does not reach
        data, more["problem"] = None, str(error)
    if data is not None:
        read = for_reader(data, user)
        more |= shown(read) | {"may_approve": can_approve(report, data, user), **_answers(report, user, read)}
    page = {"report": report, **more, **_beside(report, user, data), "correction": report.corrections.kept().first()}
    return render(request, "highlight_reports/report_detail.html", page)


def _data(report: HighlightReport, user: User) -> dict[str, Any] | None:
    """Live in a draft, frozen later; none where it was discarded, nor of a withdrawn one but for those who made it."""
    if report.is_draft:
        return assemble_for(report, user, as_at=timezone.localdate())
    if report.is_withdrawn and not is_maker(user):
        return None
    data: dict[str, Any] | None = report.data
    return data


def _answers(report: HighlightReport, user: User, read: dict[str, Any]) -> dict[str, Any]:
    """What the Executive answered; in a draft, what it will be asked. Nothing where part of the report is withheld."""
    if read["withheld"]:
        return {}
    if report.is_draft:
        return {"live_asks": [ask for ask in report.asks.all() if may_read_ask(user, ask)]}
    found = outcomes(report)
    names = known_names() if found and not can(user, Permission.SEE_NAMES) else None
    mine = Asked.objects.of(user).filter(report=report).exists() if report.status == Status.SENT else False
    return {"outcomes": [(one, _comments(one, names)) for one in found], "is_asked": mine}


def _comments(outcome: Outcome, names: KnownNames | None) -> list[tuple[Answer, str]]:
    """Each answer with its comment; one that names a child is for those who see names."""
    return [
        (one, NAME_IN_COMMENT if names is not None and names.are_in(one.comment) else one.comment)
        for one in outcome.answers
    ]


def _beside(report: HighlightReport, user: User, data: dict[str, Any] | None) -> dict[str, Any]:
    """What only those who make the report see: its way so far, where its mails are, who opened it.

    Not where part of it is withheld: who got it, how many were left out and why it was sent back tell of the case.
    """
    pdfs = _pdf_rows(report)
    if not is_maker(user):
        return pdfs
    closed = closed_to(user)
    if data is not None and not report.is_draft and withheld_from(user, data):
        return pdfs
    mails = Message.objects.filter(kind__in=emails.WITH_REPORT, reference=report.reference)
    return pdfs | {
        "deliveries": mails.only("address", "state", "sent_at", "uncertain", "last_error").order_by("address"),
        "openings": ledger.openings(report),
        "reason": report.sent_back_reason if not closed or report.sent_back_by_id == user.pk else "",
        "not_mine": _not_mine(report, user) if closed and report.is_draft else frozenset(),
        "history": Event.objects.about(report.reference).exclude(verb__in=ledger.READING),
    }


def _not_mine(report: HighlightReport, user: User) -> frozenset[str]:
    """The sections that another person writes, where these are closed to `user` (reading.may_read_commentary)."""
    return frozenset(report.commentaries.exclude(updated_by=user).values_list("section", flat=True))


def _pdf_rows(report: HighlightReport) -> dict[str, RenderedPdf | None]:
    """The hash and size of each PDF, without the bytes."""
    rows = {row.variant: row for row in report.pdfs.defer("content")}
    return {"pdf": rows.get(Variant.WHOLE), "wider": rows.get(Variant.WIDER)}


@require_GET
def figure(request: HttpRequest, reference: str, section: str, key: str) -> HttpResponse:
    """The list behind one number: frozen with it, or counted with it in a draft. Withheld with it, too."""
    report = scoped(request, reference)
    user = person(request)
    data = _data(report, user)
    read = for_reader(data, user) if data is not None else {"sections": []}
    found = next((one for one in read["sections"] if one["code"] == section), None)
    behind = found.get("lists", {}).get(key) if found else None
    if found is None or behind is None:
        raise Http404
    record(ledger.FIGURE, by=user, obj=report, reference=report.reference)
    table = shown(read | {"sections": [found | {"tables": [behind]}]})["sections"][0]["tables"][0]
    page = {"report": report, "section": found, "table": table, "as_at": date.fromisoformat(read["as_at"])}
    return render(request, "highlight_reports/figure.html", page)


@require_GET
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The PDF. For somebody who may not see a case in it, it does not exist."""
    return _pdf(request, reference, Variant.WHOLE)


@require_GET
def wider_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The one for wider circulation: it leaves the Executive by the hand of those who may read the whole."""
    return _pdf(request, reference, Variant.WIDER)


def _pdf(request: HttpRequest, reference: str, variant: Variant) -> HttpResponse:
    report = scoped(request, reference)
    user = person(request)
    if report.is_withdrawn and not is_maker(user):
        raise Http404
    if not report.is_approved or withheld_from(user, report.frozen):
        raise Http404
    return pdf_response(report, variant, by=user)


def pdf_response(report: HighlightReport, variant: Variant, *, by: User | None, **details: Any) -> HttpResponse:
    """The kept file under its neutral name; 404 where it is not made. Who may have it is the caller's question."""
    row = report.pdfs.filter(variant=variant).first()
    if row is None:
        raise Http404
    record(ledger.DOWNLOADED, by=by, obj=report, reference=report.reference, variant=variant.value, **details)
    response = HttpResponse(bytes(row.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{row.file_name}"'
    return response


@require_GET
def progress(request: HttpRequest, reference: str) -> JsonResponse:
    """For the page's script: whether the PDF is still being made."""
    report = scoped(request, reference)
    return JsonResponse({"rendering": report.status == Status.RENDERING, "status": report.get_status_display()})
