"""The way in by a link: ask for a code, type it. A GET spends and sends nothing, however often it comes."""

import functools
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from access_links import gate, purposes, workflow
from access_links.forms import CodeForm, SendCodeForm
from access_links.models import AccessLink
from access_links.purposes import Purpose

View = Callable[[HttpRequest, str, AccessLink, Purpose], HttpResponse]


def masked(address: str) -> str:
    """Enough of an address for its owner: "k•••@agency.example"."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}"


def with_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Call the view with the usable link of the token; the neutral page for every other token."""

    @login_not_required
    @functools.wraps(view)
    def inner(request: HttpRequest, token: str) -> HttpResponse:
        link = workflow.find(token, now=timezone.now())
        purpose = purposes.find(link.purpose) if link is not None else None
        if link is None or purpose is None:
            return gate.not_in_use(request)
        return gate.guarded(view(request, token, link, purpose))

    return inner


@with_link
def link(request: HttpRequest, token: str, link: AccessLink, purpose: Purpose) -> HttpResponse:
    """One button. Whoever is in already goes on at once."""
    if gate.is_in(request, link):
        return redirect(purpose.home(token))
    form = SendCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer = workflow.send_link_code(link=link, now=timezone.now())
        if answer:
            return redirect("access_links:code", token=token)
        form.add_error(None, answer.sentence)
    return render(request, "access_links/link.html", _context(form, token, link, purpose))


@with_link
def code(request: HttpRequest, token: str, link: AccessLink, purpose: Purpose) -> HttpResponse:
    """The code from the mail."""
    if gate.is_in(request, link):
        return redirect(purpose.home(token))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer = workflow.open_link(link=link, code=form.cleaned_data["code"], now=timezone.now())
        if answer:
            gate.let_in(request, link)
            return redirect(gate.held_path(request, purpose.home(token)))
        form.add_error("code", answer.sentence)
    return render(request, "access_links/code.html", _context(form, token, link, purpose))


@login_not_required
@require_POST
def keep_alive(request: HttpRequest) -> JsonResponse:
    """Any request renews a session; this one does nothing else, whoever asks."""
    return JsonResponse({"seconds": settings.SESSION_COOKIE_AGE})


def _context(form: SendCodeForm | CodeForm, token: str, link: AccessLink, purpose: Purpose) -> dict[str, object]:
    return {"form": form, "token": token, "address": masked(link.address), "purpose": purpose}
