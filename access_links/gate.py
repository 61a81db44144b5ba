"""Who is let in by which link: one browser, one link, as its signed-in session remembers.

Views of the apps above stand behind `@login_not_required` and begin with

    link = require_link(request, token, PURPOSE)
    if not isinstance(link, AccessLink):
        return link
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from access_links import workflow
from access_links.models import AccessLink
from core.forms import Restored

SESSION = "access_links"
HELD, HELD_FIELDS = "access_links_held", 50


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
        hold(request)
        return redirect("access_links:link", token=token)
    mark_visitor(request)
    return link


def mark_visitor(request: HttpRequest) -> None:
    """Somebody without an account is in: templates/includes/timeout.html warns them before an idle session ends."""
    request.is_visitor = True  # type: ignore[attr-defined]


def hold(request: HttpRequest) -> None:
    """Keep what was typed after the session had ended, in this browser's new session, to be given back by the page."""
    if request.method == "POST" and len(request.POST) <= HELD_FIELDS:
        fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
        request.session[HELD] = {"path": request.path, "fields": fields}


def held_path(request: HttpRequest, below: str) -> str:
    """Where something typed waits to be shown again, if that is below the address `below`; else `below` itself."""
    path = str(request.session.get(HELD, {}).get("path", ""))
    return path if path.startswith(below) else below


def take_held(request: HttpRequest) -> dict[str, str]:
    """What was typed on this page before the session ended, once; empty where nothing was."""
    return {name: values[-1] for name, values in _taken(request).items() if values}


def _taken(request: HttpRequest) -> dict[str, list[str]]:
    held = request.session.get(HELD, {})
    if request.method != "GET" or held.get("path") != request.path:
        return {}
    del request.session[HELD]
    fields: dict[str, list[str]] = held["fields"]
    return fields


def restore_held(request: HttpRequest) -> bool:
    """Give the same to a form that is made from `request.POST or None`, neither checked nor saved. Whether there was
    anything."""
    fields = _taken(request)
    if fields:
        typed = QueryDict(mutable=True)
        for name, values in fields.items():
            typed.setlist(name, values)
        request.POST = Restored(typed.urlencode())
    return bool(fields)


def guarded(response: HttpResponse) -> HttpResponse:
    """Pages behind links are kept by no browser. (No other site hears their address: SECURE_REFERRER_POLICY.)"""
    response.headers["Cache-Control"] = "no-store"
    return response
