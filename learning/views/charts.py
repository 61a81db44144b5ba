"""Themes over time, and agencies by themes."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from learning.charts import heat_map, themes_over_time
from learning.views.base import need, show
from panel.permissions import Permission


def charts(request: HttpRequest) -> HttpResponse:
    """Of what this person sees: a case behind a wall is not counted."""
    need(request, Permission.SEE_LEARNING)
    over_time = themes_over_time(request.user, timezone.localdate())
    return show(request, "charts", over_time=over_time, heat=heat_map(request.user), tab="charts")
