from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from panel.permissions import Permission
from referrals import permissions, workflow
from referrals.forms import InformedForm, LeadForm, NotifiedForm, ToldForm
from referrals.models import Referral
from referrals.states import CLOSED
from referrals.views.base import attempt, case_page, needs, show_form


@case_page
def notification(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The duties after the incident, each with its date and whether it was done."""
    may = permissions.can(request.user, Permission.RECORD_CASE, referral, on=timezone.localdate())
    context = {"referral": referral, "case_tab": "notification", "may": may, "is_open": referral.status not in CLOSED}
    context["names"] = permissions.can_see_names(request.user, referral, on=timezone.localdate())
    return render(request, "referrals/notification.html", context)


def _done(request: HttpRequest, referral: Referral, form: Any, title: str, save: Any) -> HttpResponse:
    back = reverse("referrals:referral-notification", args=[referral.reference])
    if request.method == "POST" and attempt(form, lambda: save(**form.cleaned_data)):
        messages.success(request, "Recorded.")
        return redirect(back)
    return show_form(request, form, title=title, back=back, referral=referral, case_tab="notification")


@case_page
@needs(Permission.RECORD_CASE)
def notified(request: HttpRequest, referral: Referral) -> HttpResponse:
    now = timezone.now()
    form = NotifiedForm(
        request.POST or None, referral=referral, clock=referral.notify_clock, today=timezone.localdate(now)
    )

    def save(notified_on: Any, **facts: Any) -> None:
        workflow.record_notification_sent(referral=referral, sent_on=notified_on, **facts, by=request.user, now=now)

    return _done(request, referral, form, "Notification sent to the national Panel", save)


@case_page
@needs(Permission.RECORD_CASE)
def informed(request: HttpRequest, referral: Referral) -> HttpResponse:
    now = timezone.now()
    form = InformedForm(
        request.POST or None, referral=referral, clock=referral.inform_clock, today=timezone.localdate(now)
    )

    def save(**facts: Any) -> None:
        workflow.record_partners_informed(referral=referral, **facts, by=request.user, now=now)

    return _done(request, referral, form, "Safeguarding Partners informed", save)


@case_page
@needs(Permission.RECORD_CASE)
def told(request: HttpRequest, referral: Referral) -> HttpResponse:
    now = timezone.now()
    form = ToldForm(
        request.POST or None, referral=referral, clock=referral.looked_after_clock, today=timezone.localdate(now)
    )

    def save(**facts: Any) -> None:
        workflow.record_regulators_told(referral=referral, **facts, by=request.user, now=now)

    return _done(request, referral, form, "Secretary of State and Ofsted told", save)


@case_page
@needs(Permission.SCREEN_CASE)
def change_lead(request: HttpRequest, referral: Referral) -> HttpResponse:
    now = timezone.now()
    form = LeadForm(request.POST or None, referral=referral, today=timezone.localdate(now))
    back = reverse("referrals:referral-detail", args=[referral.reference])

    def save() -> None:
        workflow.assign_lead(referral=referral, lead=form.cleaned_data["lead"], by=request.user, now=now)

    if request.method == "POST" and attempt(form, save):
        messages.success(request, "The lead was saved.")
        return redirect(back)
    return show_form(request, form, title="Who leads this case?", back=back, referral=referral, case_tab="information")
