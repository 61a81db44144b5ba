"""A member about their own conflict; the chair's ruling; agencies that join a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals import permissions, workflow
from referrals.forms import AnswerForm, DeclareForm, InvolveForm, RulingForm
from referrals.models import Referral
from referrals.questions import open_agencies
from referrals.views.base import attempt, case_page, needs, show_form


@case_page
@needs(Permission.DECLARE_CONFLICT)
@keeps_typed
def declare(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Afterwards the case does not exist for this person, so the confirmation says nothing of it."""
    now = timezone.now()
    form = DeclareForm(request.POST or None, today=timezone.localdate(now))

    def save() -> None:
        workflow.declare_conflict(referral=referral, **form.cleaned_data, by=request.user, now=now)

    if request.method == "POST" and attempt(form, save):
        return redirect("referrals:conflict-declared")
    text = (
        "As soon as you declare it, this case is closed to you: it is in none of your lists, counts, searches, mails "
        "or reports. The chair then rules. Your named deputy acts instead of you."
    )
    back = reverse("overview:case", args=[referral.reference])
    return show_form(
        request, form, title="Declare a conflict of interest", back=back, referral=referral, lead_text=text
    )


def declared(request: HttpRequest) -> HttpResponse:
    """The confirmation: the same words for everybody, whichever case it was."""
    return render(request, "referrals/declared.html")


@case_page
@needs(Permission.DECLARE_CONFLICT)
def answer(request: HttpRequest, referral: Referral) -> HttpResponse:
    agencies = open_agencies(referral, request.user)
    back = reverse("overview:case", args=[referral.reference])
    if not agencies:
        messages.info(request, "There is nothing to answer: no agency has joined this case since.")
        return redirect(back)
    form = AnswerForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["answer"] == "yes":
            return redirect("referrals:conflict-declare", referral.reference)
        workflow.deny_conflict(referral=referral, by=request.user, now=timezone.now())
        messages.success(request, "Your answer was saved.")
        return redirect(back)
    return show_form(request, form, title="Agencies that joined this case", back=back, referral=referral)


@case_page
@needs(Permission.RULE_CONFLICT)
@keeps_typed
def rule(request: HttpRequest, referral: Referral, pk: int) -> HttpResponse:
    now = timezone.now()
    permissions.check_ruling(request.user, referral, on=timezone.localdate(now))
    conflict = get_object_or_404(referral.conflicts.select_related("member", "ruled_by"), pk=pk)
    form = RulingForm(request.POST or None)
    back = reverse("referrals:referral-access", args=[referral.reference])

    def save() -> Any:
        change = {"uphold": workflow.uphold_conflict, "dismiss": workflow.dismiss_conflict}[form.cleaned_data["ruling"]]
        return change(conflict=conflict, reason=form.cleaned_data["reason"], by=request.user, now=now)

    if request.method == "POST" and attempt(form, save):
        messages.success(request, "Your ruling was recorded. The member gets a mail.")
        return redirect(back)
    return show_form(
        request, form, template="referrals/ruling.html", title="Rule on a conflict of interest", back=back,
        referral=referral, conflict_declared=conflict, case_tab="access",
    )  # fmt: skip


@case_page
@needs(Permission.MANAGE_ACCESS)
@keeps_typed
def involve(request: HttpRequest, referral: Referral) -> HttpResponse:
    form = InvolveForm(request.POST or None, referral=referral)
    back = reverse("referrals:referral-detail", args=[referral.reference])

    def save() -> None:
        workflow.involve_agency(referral=referral, **form.cleaned_data, by=request.user, now=timezone.now())

    if request.method == "POST" and attempt(form, save):
        messages.success(request, "The agency was added. Everybody with access is asked about conflicts of interest.")
        return redirect(back)
    return show_form(
        request, form, title="Add an agency", back=back, referral=referral, case_tab="information",
        lead_text="Everybody who sees this case is asked whether the agency makes a conflict of interest for them.",
    )  # fmt: skip
