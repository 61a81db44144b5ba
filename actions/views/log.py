"""The log as a table: filters, saved filters, export, and the chase of many actions at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from actions import workflow
from actions.chasing import bulk
from actions.choices import Rag
from actions.filters import ActionFilter
from actions.models import Action, SavedFilter
from actions.page import lines_of
from audit.workflow import record
from core.errors import WorkflowError
from panel import permissions as panel
from panel.permissions import Permission

PER_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


def _filtered(request: HttpRequest) -> ActionFilter:
    """Whoever sees some case has an action log; without one, nothing is there."""
    panel.check(request.user, Permission.SEE_CASES)  # type: ignore[arg-type]
    today = timezone.localdate()
    return ActionFilter(request.GET, today=today, visible=Action.objects.visible_to(request.user, on=today))


def log(request: HttpRequest) -> HttpResponse:
    """The actions that this person sees, filtered, in order and paged."""
    asked = _filtered(request)
    page = Paginator(asked.rows, PER_PAGE).get_page(request.GET.get("page"))
    ticked = dict(asked.qs.order_by().values_list("rag").annotate(n=Count("pk", distinct=True)))
    saved = SavedFilter.objects.visible_to(request.user)
    context = {
        "filter": asked, "page": page, "lines": lines_of(page.object_list, asked.today), "saved": saved,
        "totals": [(rag.label, ticked.get(rag.value, 0)) for rag in Rag], "today": asked.today,
        "query": request.GET.urlencode(), "chosen": next((s for s in saved if s.query == _plain(request)), None),
    }  # fmt: skip
    return render(request, "actions/log.html", context)


def _plain(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _back_to_log(query: str) -> HttpResponse:
    return redirect(f"{reverse('actions:log')}{'?' if query else ''}{query}")


@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    panel.check(request.user, Permission.SEE_CASES)  # type: ignore[arg-type]
    query = request.POST.get("query", "")
    try:
        saved = workflow.save_filter(name=request.POST.get("name", ""), query=query, by=request.user)  # type: ignore[arg-type]
    except WorkflowError as error:
        messages.error(request, str(error))
        return _back_to_log(query[:500])
    messages.success(request, f"The filter “{saved.name}” is saved.")
    return _back_to_log(saved.query)


@require_POST
def remove_filter(request: HttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    workflow.remove_filter(saved=saved, by=request.user)  # type: ignore[arg-type]
    messages.success(request, f"The filter “{saved.name}” is removed.")
    return redirect("actions:log")


@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The actions of the filtered page, all of them, as xlsx, csv or pdf. Audited."""
    from actions import exports  # noqa: PLC0415 - WeasyPrint: a second and 46 MB that only an export needs

    asked = _filtered(request)
    if kind not in TYPES:
        raise Http404
    try:
        if kind == "pdf":
            data = exports.document(asked.rows, asked.today, filtered=asked.is_filtered)
            content, count = exports.pdf(data), len(data["lines"])
        else:
            content, count = (exports.xlsx if kind == "xlsx" else exports.as_csv)(asked.rows, asked.today)
    except exports.TooManyRowsError:
        messages.error(request, f"A PDF holds up to {exports.MOST_IN_PDF} actions. Filter, or take the spreadsheet.")
        return _back_to_log(_plain(request))
    record("actions.exported", by=request.user, count=count, kind=kind.upper())
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="action-log-{asked.today.isoformat()}.{kind}"'
    return response


def chase(request: HttpRequest) -> HttpResponse:
    """Who would get what, from the filtered log; then exactly that is sent."""
    panel.check(request.user, Permission.MANAGE_ACTIONS)  # type: ignore[arg-type]
    asked, now = _filtered(request), timezone.now()
    actions = list(asked.rows.select_related("referral", "owner", "lead"))
    if request.method == "POST":
        words = request.POST.get("words", "")[:500]
        sent = workflow.chase(actions=actions, words=words, by=request.user, now=now)  # type: ignore[arg-type]
        messages.success(request, _said(len(sent.mails)))
        return _back_to_log(_plain(request))
    context = {"bulk": bulk(actions, now), "query": _plain(request), "count": len(actions), "today": asked.today}
    return render(request, "actions/chase.html", context | {"back": f"{reverse('actions:log')}?{_plain(request)}"})


def _said(number: int) -> str:
    return f"{number} mail{' is' if number == 1 else 's are'} on the way." if number else "No mail was due to anybody."
