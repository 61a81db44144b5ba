from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from core.errors import NotPermitted
from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals import permissions, workflow
from referrals.forms import ScreeningForm, WithdrawForm
from referrals.likeness import suggestions
from referrals.models import Referral
from referrals.states import AWAITING_SCREENING
from referrals.views.base import attempt, case_page, needs, show_form


@case_page
@keeps_typed
def screening(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The screenings of a case, and the form where one is due and this person may decide it."""
    now = timezone.now()
    may = permissions.can(request.user, Permission.SCREEN_CASE, referral, on=timezone.localdate(now))
    if request.method == "POST" and not may:
        raise NotPermitted("You are not allowed to screen a case.")
    form = ScreeningForm(request.POST or None, referral=referral)

    def save() -> None:
        workflow.screen(referral=referral, facts=form.cleaned_data, by=request.user, now=now)

    if request.method == "POST" and attempt(form, save):
        messages.success(request, "The screening was recorded.")
        return redirect("referrals:referral-screen", referral.reference)
    is_due = may and (referral.status in AWAITING_SCREENING or request.method == "POST")
    return show_form(
        request, form, template="referrals/screening.html", title="Screening", referral=referral, case_tab="screening",
        screenings=referral.screenings.select_related("screened_by"), is_due=is_due, may=may,
        suggestions=suggestions(referral, request.user, on=timezone.localdate(now)),
        may_withdraw=permissions.can_verb(request.user, "withdraw", referral, on=timezone.localdate(now)),
    )  # fmt: skip


@case_page
@needs(Permission.SCREEN_CASE)
@keeps_typed
def withdraw(request: HttpRequest, referral: Referral) -> HttpResponse:
    form = WithdrawForm(request.POST or None)
    back = reverse("referrals:referral-screen", args=[referral.reference])

    def save() -> None:
        workflow.withdraw(referral=referral, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())

    if request.method == "POST" and attempt(form, save):
        messages.success(request, "The case was withdrawn.")
        return redirect(back)
    return show_form(
        request, form, title="Withdraw this case", back=back, referral=referral, case_tab="screening",
        lead_text="The case stays in the list with its reason. Its statutory clocks end and are counted apart.",
    )  # fmt: skip
