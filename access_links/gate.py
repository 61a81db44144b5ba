"""Who is let in by which link: one browser, one link, as its signed-in session remembers.

Views of the apps above stand behind `@login_not_required` and begin with

    link = require_link(request, token, PURPOSE)
    if not isinstance(link, AccessLink):
        return link
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from access_links import workflow
from access_links.models import AccessLink

SESSION = "access_links"


def let_in(request: HttpRequest, link: AccessLink) -> None:
    """Bind this browser to `link`, for as long as its session lasts. The session gets a new key: no fixation."""
    mine = dict(request.session.get(SESSION, {}))
    mine[str(link.pk)] = link.token_hash
    request.session.cycle_key()
    request.session[SESSION] = mine


def is_in(request: HttpRequest, link: AccessLink) -> bool:
    return request.session.get(SESSION, {}).get(str(link.pk)) == link.token_hash


def find(token: str, purpose: str, now: datetime) -> AccessLink | None:
    """The usable link with this token, if it was issued for `purpose`."""
    link = workflow.find(token, now=now)
    return link if link is not None and link.purpose == purpose else None


def not_in_use(request: HttpRequest) -> HttpResponse:
    """The same page, byte for byte, for a link that was guessed, expired, closed or revoked."""
    return guarded(render(request, "access_links/not_in_use.html", status=404))


def require_link(request: HttpRequest, token: str, purpose: str) -> AccessLink | HttpResponse:
    """The link, if it is usable and this browser has given its code; else the response to return instead."""
    link = find(token, purpose, timezone.now())
    if link is None:
        return not_in_use(request)
    if not is_in(request, link):
        return redirect("access_links:link", token=token)
    return link


def guarded(response: HttpResponse) -> HttpResponse:
    """Pages behind links are kept by no browser. (No other site hears their address: SECURE_REFERRER_POLICY.)"""
    response.headers["Cache-Control"] = "no-store"
    return response
