"""The public-facing form for professionals without an account. Off unless the partnership has switched it on."""

import functools
import uuid
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from access_links.gate import held_path, hold, mark_visitor, restore_held
from access_links.workflow import check_code, send_code
from core.errors import WorkflowError
from panel.models import Partnership
from referrals import workflow
from referrals.choices import Route
from referrals.facts import outside_agencies, outside_incident, outside_you
from referrals.forms.base import ConfirmForm
from referrals.forms.outside import (
    AddressForm,
    OutsideAgenciesForm,
    OutsideChildForm,
    OutsideCodeForm,
    OutsideIncidentForm,
    YouForm,
)
from referrals.forms.start import REFERRAL, StartForm
from referrals.models import OutsideReferral
from referrals.views.base import attempt

P = ParamSpec("P")
PURPOSE = "outside-referral"
SESSION = "outside_referral"  # the address whose code was typed in this browser
ASKED = "outside_address"  # the address to which a code was sent
ASKS_AN_HOUR, HOUR = 20, 3600  # from one network address
STRANGER = (
    "This is not a work e-mail of an agency that may refer here. Use your work e-mail, or ask the business manager."
)
TOO_MANY = "Too many codes were asked for from here. Wait an hour and try again."


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    response = render(request, f"referrals/outside/{name}.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def switched_on(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to people without an account; not there at all while the switch is off."""

    @login_not_required
    @functools.wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not Partnership.current().takes_outside_referrals:
            raise Http404
        return view(request, *args, **kwargs)

    return inner


def with_draft(
    view: Callable[Concatenate[HttpRequest, OutsideReferral, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """`view(request, outside, …)` with the open referral of the address that this browser has proved."""

    @switched_on
    @functools.wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        address = request.session.get(SESSION)
        if address is None or workflow.employer(address) is None:
            hold(request)
            return redirect("outside:start")
        outside = OutsideReferral.objects.filter(address=address, sent_at__isnull=True).first()
        if outside is None:
            return redirect("outside:about")
        mark_visitor(request)
        return view(request, outside, *args, **kwargs)

    return inner


def _too_many(request: HttpRequest) -> bool:
    key = f"outside-codes:{get_adapter(request).get_client_ip(request)}"
    cache.add(key, 0, HOUR)
    return int(cache.incr(key)) > ASKS_AN_HOUR


@switched_on
def start(request: HttpRequest) -> HttpResponse:
    """A child at risk now? Then the work address, and a code to it."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        refused = TOO_MANY if _too_many(request) else "" if workflow.employer(address) else STRANGER
        if not refused:
            answer = send_code(purpose=PURPOSE, address=address, reference="", now=timezone.now())
            refused = answer.sentence
        if not refused:
            request.session[ASKED] = address
            return redirect("outside:code")
        form.add_error("address", refused)
    return _page(request, "start", form=form)


@switched_on
def code(request: HttpRequest) -> HttpResponse:
    address = request.session.get(ASKED)
    if address is None:
        return redirect("outside:start")
    form = OutsideCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = check_code(purpose=PURPOSE, address=address, code=form.cleaned_data["code"], now=timezone.now())
        if answer:
            request.session.cycle_key()
            request.session[SESSION] = request.session.pop(ASKED)
            parts = reverse("outside:tasks")
            path = held_path(request, parts)
            return redirect("outside:about" if path == parts else path)
        form.add_error("code", answer.sentence)
    return _page(request, "code", form=form, address=address)


@switched_on
def about(request: HttpRequest) -> HttpResponse:
    """Is it a referral at all? Then on to the parts, also of one begun earlier."""
    address = request.session.get(SESSION)
    if address is None or workflow.employer(address) is None:
        return redirect("outside:start")
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen, key, now = form.cleaned_data["about"], form.cleaned_data["key"], timezone.now()
        if chosen == REFERRAL:
            workflow.begin_outside(address=address, now=now)
            return redirect("outside:tasks")
        workflow.turn_away_outside(route=Route(chosen), now=now, key=key)
        return redirect("outside:route", chosen)
    begun = OutsideReferral.objects.filter(address=address, sent_at__isnull=True).first()
    return _page(request, "about", form=form, begun=begun)


@switched_on
def route(request: HttpRequest, route: str) -> HttpResponse:
    if route not in Route.values:
        raise Http404
    return _page(request, "route", route=Route(route), back=reverse("outside:about"))


@with_draft
def tasks(request: HttpRequest, outside: OutsideReferral) -> HttpResponse:
    return _page(request, "tasks", outside=outside, missing=workflow.missing_outside(outside))


def _part(
    request: HttpRequest, outside: OutsideReferral, kind: Any, part: str, facts: dict[str, Any], title: str
) -> HttpResponse:
    now = timezone.now()
    held = restore_held(request) and request.POST.get("draft") == str(outside.key)  # another's text is dropped
    typed = request.POST if held or request.method == "POST" else None
    form = kind(typed, facts=facts, today=timezone.localdate(now), draft=str(outside.key))

    def save() -> None:
        workflow.save_outside(outside=outside, part=part, facts=form.cleaned_data, now=now)

    if request.method == "POST" and attempt(form, save):
        return redirect("outside:tasks")
    return _page(request, "part", form=form, title=title, held=held, back=reverse("outside:tasks"))


@with_draft
def you(request: HttpRequest, outside: OutsideReferral) -> HttpResponse:
    return _part(request, outside, YouForm, "you", outside.part("you"), "About you")


@with_draft
def incident(request: HttpRequest, outside: OutsideReferral) -> HttpResponse:
    return _part(request, outside, OutsideIncidentForm, "incident", outside.part("incident"), "What happened")


@with_draft
def agencies(request: HttpRequest, outside: OutsideReferral) -> HttpResponse:
    return _part(request, outside, OutsideAgenciesForm, "agencies", outside.part("agencies"), "Agencies involved")


@with_draft
def new_child(request: HttpRequest, outside: OutsideReferral) -> HttpResponse:
    return redirect("outside:child", uuid.uuid4())


@with_draft
def child(request: HttpRequest, outside: OutsideReferral, child_key: uuid.UUID) -> HttpResponse:
    facts = next((child.facts for child in outside.children if child.key == str(child_key)), {})
    return _part(request, outside, OutsideChildForm, f"child:{child_key}", facts, "A child")


@with_draft
def remove_child(request: HttpRequest, outside: OutsideReferral, child_key: uuid.UUID) -> HttpResponse:
    if request.method == "POST":
        workflow.save_outside(outside=outside, part=f"child:{child_key}", facts={}, now=timezone.now())
        return redirect("outside:tasks")
    form = ConfirmForm(submit="Remove this child")
    return _page(request, "part", form=form, title="Remove this child?", back=reverse("outside:tasks"))


@with_draft
def check(request: HttpRequest, outside: OutsideReferral) -> HttpResponse:
    """Check and send. Sent twice by a double click: the second one finds it sent."""
    error = ""
    if request.method == "POST":
        try:
            referral = workflow.send_outside(outside=outside, now=timezone.now())
        except WorkflowError as problem:
            error = str(problem)
        else:
            request.session["outside_sent"] = referral.reference
            return redirect("outside:sent")
    context = {"missing": workflow.missing_outside(outside), "you": outside_you(outside)}
    context |= {"incident": outside_incident(outside), "agencies": outside_agencies(outside)}
    return _page(request, "check", outside=outside, error=error, back=reverse("outside:tasks"), **context)


@switched_on
def sent(request: HttpRequest) -> HttpResponse:
    reference = request.session.get("outside_sent")
    if reference is None:
        return redirect("outside:start")
    return _page(request, "sent", reference=reference, address=request.session.get(SESSION))
