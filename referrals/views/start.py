from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from panel import permissions as panel
from panel.permissions import Permission
from referrals import workflow
from referrals.choices import Kind, Route
from referrals.forms import KindForm, StartForm
from referrals.forms.start import REFERRAL
from referrals.models import Referral
from referrals.views.base import attempt, show_form


def start(request: HttpRequest) -> HttpResponse:
    """A child at risk now? Then: is it a referral at all?"""
    panel.check(request.user, Permission.RECORD_CASE)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        about, key = form.cleaned_data["about"], form.cleaned_data["key"]
        if about == REFERRAL:
            return redirect("referrals:referral-kind")
        workflow.turn_away(route=Route(about), by=request.user, now=timezone.now(), key=key)
        return redirect("referrals:referral-route", about)
    drafts = Referral.objects.visible_to(request.user).drafts().select_related("created_by")
    return show_form(
        request, form, template="referrals/start.html", title="Before you start", drafts=drafts,
        back=reverse("referrals:referral-list"),
    )  # fmt: skip


def route(request: HttpRequest, route: str) -> HttpResponse:
    """Where to go with what is not a referral. Only looks: the enquiry was counted when it was chosen."""
    panel.check(request.user, Permission.RECORD_CASE)
    if route not in Route.values:
        raise Http404
    return render(request, "referrals/route.html", {"route": Route(route), "back": reverse("referrals:referral-start")})


def kind(request: HttpRequest) -> HttpResponse:
    panel.check(request.user, Permission.RECORD_CASE)
    form = KindForm(request.POST or None)
    started: list[Referral] = []

    def begin() -> None:
        facts = form.cleaned_data
        draft = workflow.start_draft(kind=Kind(facts["kind"]), key=facts["key"], by=request.user, now=timezone.now())
        started.append(draft)

    if request.method == "POST" and attempt(form, begin):
        return redirect("referrals:draft-tasks", started[0].key)
    return show_form(request, form, title="What do you want to record?", back=reverse("referrals:referral-start"))
