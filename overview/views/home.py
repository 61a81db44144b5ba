from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core import needs
from overview.since import since
from overview.workflow import note_look


def home(request: HttpRequest) -> HttpResponse:
    """What needs the signed-in person, by when, ordered by law; and what others changed since they last looked."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = needs.collect(request.user, today)
    looked = note_look(person=request.user, now=now)
    context = {
        "today": today,
        "late": [need for need in found if need.late_on(today)],
        "dated": [need for need in found if need.due is not None and not need.late_on(today)],
        "undated": [need for need in found if need.due is None],
        "roles": sorted(role.label for role in request.user.roles_on(today)),
        "since": since(request.user, looked, today=today) if looked else None,
    }
    return render(request, "overview/home.html", context)
