"""The plan of a year, attendance over time, the terms of reference."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from deadlines import calendar
from meetings import workflow
from meetings.attendance import attendance as attendance_of
from meetings.forms import TermsForm, YearForm
from meetings.models import TermsReview
from meetings.year import propose
from panel import permissions as panel
from panel.choices import MeetingKind
from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals.views.base import attempt

RULE = ("week", "weekday", "every", "count")
ONES = ("at", "place", "is_online")
CARRIED = ("kind", "first_0", "first_1", "first_2", *RULE, *ONES)


def _page(
    request: HttpRequest, form: object, title: str, back: str = "panel:meeting-list", **more: object
) -> HttpResponse:
    return render(request, "meetings/form.html", {"form": form, "title": title, "back": reverse(back)} | more)


def plan_year(request: HttpRequest) -> HttpResponse:
    """First from what, then which of the proposed days; the second page carries the first."""
    today = timezone.localdate()
    panel.check(request.user, Permission.PLAN_MEETINGS, on=today)  # type: ignore[arg-type]
    form = YearForm(request.POST or None, initial={"first": today, "at": "14:00"})
    if not form.is_valid() or "again" in request.POST:
        words = "The days are proposed round weekends and bank holidays. Nothing is planned yet."
        return _page(request, form, "Plan the meetings of a year", lead_text=words)
    rule = {name: form.cleaned_data[name] for name in RULE}
    first = max(form.cleaned_data["first"], today)
    proposed = list(propose(first, **rule, calendar=calendar.current()))
    chosen = [one.on for one in proposed if one.on.isoformat() in request.POST.getlist("days")]
    if "chosen" in request.POST and attempt(form, lambda: _plan(request, form, chosen)):
        messages.success(request, "The meetings are planned. Invite the members on the page of each.")
        return redirect("panel:meeting-list")
    carried = [(name, value) for name, value in request.POST.items() if name in CARRIED]
    about = {
        "form": form,
        "proposed": proposed,
        "carried": carried,
        "chosen": chosen,
        "is_first": "chosen" not in request.POST,
    }
    return render(request, "meetings/year_days.html", about | {"back": reverse("meetings:year")})


def _plan(request: HttpRequest, form: YearForm, days: list[date]) -> None:
    ones = {name: form.cleaned_data[name] for name in ONES}
    kind = MeetingKind(form.cleaned_data["kind"])
    workflow.plan_year(days=days, kind=kind, **ones, by=request.user, now=timezone.now())  # type: ignore[arg-type]


def attendance(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    panel.check(request.user, Permission.SEE_MEETINGS, on=today)  # type: ignore[arg-type]
    about = {"attendance": attendance_of(today), "back": reverse("panel:meeting-list")}
    return render(request, "meetings/attendance.html", about)


def terms(request: HttpRequest) -> HttpResponse:
    """The reviews of the terms of reference, the newest first."""
    today = timezone.localdate()
    panel.check(request.user, Permission.SEE_MEETINGS, on=today)  # type: ignore[arg-type]
    rows = list(TermsReview.objects.visible_to(request.user).select_related("document__kind", "meeting"))
    may = panel.can(request.user, Permission.PLAN_MEETINGS, on=today)  # type: ignore[arg-type]
    about = {"reviews": rows, "last": rows[0] if rows else None, "may_record": may, "today": today}
    return render(request, "meetings/terms.html", about | {"back": reverse("panel:meeting-list")})


@keeps_typed
def record_terms(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    panel.check(request.user, Permission.PLAN_MEETINGS, on=timezone.localdate(now))  # type: ignore[arg-type]
    form = TermsForm(request.POST or None, request.FILES or None)

    def save() -> None:
        workflow.record_terms(**form.cleaned_data, by=request.user, now=now)

    if request.method == "POST" and attempt(form, save):
        messages.success(request, "The review of the terms of reference is recorded.")
        return redirect("meetings:terms")
    return _page(request, form, "Record a review of the terms of reference", "meetings:terms")
