from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from overview import workflow
from overview.feed import entries_of, ics
from overview.models import CalendarFeed


def calendar_settings(request: HttpRequest) -> HttpResponse:
    """Make the secret address, shown this once, replace it or end it."""
    now = timezone.now()
    address = ""
    if request.method == "POST" and "revoke" in request.POST:
        workflow.revoke_feed(person=request.user, now=now)
        messages.success(request, "The address does not work any more.")
        return redirect("overview:calendar")
    if request.method == "POST":
        token = workflow.open_feed(person=request.user, now=now)
        address = settings.SITE_URL + reverse("overview:calendar-feed", args=[token])
    feed = CalendarFeed.objects.open().filter(person=request.user).first()
    page = {"feed": feed, "address": address, "entries": entries_of(request.user, today=timezone.localdate(now))}
    return render(request, "overview/calendar.html", page)


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address; guessed, replaced or revoked, it is not found."""
    now = timezone.now()
    found = CalendarFeed.objects.open().filter(token_hash=workflow.token_hash(token)).select_related("person").first()
    if found is None or not found.person.roles_on(timezone.localdate(now)):
        raise Http404
    workflow.note_fetch(feed=found, now=now)
    response = HttpResponse(
        ics(entries_of(found.person, today=timezone.localdate(now)), now=now), content_type="text/calendar"
    )
    response["Content-Disposition"] = 'inline; filename="cspr-panel.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
