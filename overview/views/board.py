from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from deadlines import calendar
from overview.board import Filters, lines_for, rules_of
from panel.permissions import Permission, can


def board(request: HttpRequest) -> HttpResponse:
    """Every running clock that the signed-in person may see. Filters: ?show=late|soon, ?rule=<code>."""
    if not can(request.user, Permission.SEE_BOARD):
        raise Http404
    today = timezone.localdate()
    lines = lines_for(request.user, today=today, calendar=calendar.current())
    filters = Filters(show=request.GET.get("show", ""), rule=request.GET.get("rule", ""))
    context = {
        "today": today,
        "all": lines,
        "lines": filters.apply(lines),
        "late": sum(line.late for line in lines),
        "soon": sum(line.is_soon for line in lines),
        "filters": filters,
        "rules": rules_of(lines),
    }
    return render(request, "overview/board.html", context)
