from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from deadlines import calendar
from deadlines.working_days import CalendarDoesNotReach
from overview.forecast import AHEAD, outlook
from panel.permissions import Permission, can


@require_safe
def forecast(request: HttpRequest) -> HttpResponse:
    """What will be late within twenty working days, line by line with its reasons."""
    if not can(request.user, Permission.SEE_BOARD):
        raise Http404
    today = timezone.localdate()
    page = {"today": today, "ahead": AHEAD, "outlook": None, "problem": ""}
    try:
        page["outlook"] = outlook(request.user, today=today, calendar=calendar.current())
    except CalendarDoesNotReach as problem:
        page["problem"] = str(problem)
    return render(request, "overview/forecast.html", page)
