from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core import needs


def home(request: HttpRequest) -> HttpResponse:
    """What needs the signed-in person, by when, ordered by law."""
    today = timezone.localdate()
    found = needs.collect(request.user, today)
    context = {
        "today": today,
        "late": [need for need in found if need.late_on(today)],
        "dated": [need for need in found if need.due is not None and not need.late_on(today)],
        "undated": [need for need in found if need.due is None],
        "roles": sorted(role.label for role in request.user.roles_on(today)),
    }
    return render(request, "overview/home.html", context)
