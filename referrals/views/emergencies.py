"""Break-glass: the business manager's deputy opens a case; the chair reviews it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from panel import permissions as panel
from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals import permissions, workflow
from referrals.forms import EmergencyForm, ReviewForm
from referrals.models import EmergencyAccess, Referral
from referrals.views.base import attempt, case_page, needs, show_form


@keeps_typed
def open_case(request: HttpRequest) -> HttpResponse:
    panel.check(request.user, Permission.BREAK_GLASS)
    now = timezone.now()
    form = EmergencyForm(request.POST or None)
    opened: list[EmergencyAccess] = []

    def save() -> None:
        opened.append(workflow.break_glass(**form.cleaned_data, by=request.user, now=now))

    if request.method == "POST" and attempt(form, save):
        return redirect("overview:case", opened[0].referral.reference)
    text = (
        "For when something cannot wait and nobody with access can be reached. You can read the case for 24 hours; the "
        "chair gets a mail at once and reviews it afterwards. Everything you open is kept."
    )
    back = reverse("overview:home")
    return show_form(request, form, title="Open a case in an emergency", back=back, lead_text=text)


@case_page
@needs(Permission.RULE_CONFLICT)
@keeps_typed
def review(request: HttpRequest, referral: Referral, pk: int) -> HttpResponse:
    now = timezone.now()
    permissions.check_ruling(request.user, referral, on=timezone.localdate(now))
    access = get_object_or_404(referral.emergency_accesses.select_related("person", "reviewed_by"), pk=pk)
    form = ReviewForm(request.POST or None)
    back = reverse("referrals:referral-access", args=[referral.reference])

    def save() -> Any:
        accepted = form.cleaned_data["accepted"] == "yes"
        reason = form.cleaned_data["reason"]
        return workflow.review_emergency(access=access, accepted=accepted, reason=reason, by=request.user, now=now)

    if request.method == "POST" and attempt(form, save):
        messages.success(request, "Your review was recorded.")
        return redirect(back)
    return show_form(
        request, form, template="referrals/emergency_review.html", title="Review an emergency access", back=back,
        referral=referral, access=access, runs=access.runs_at(now), case_tab="access",
    )  # fmt: skip
