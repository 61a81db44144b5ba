"""The two doors to a return: a link with its code, or a signed-in member of the agency. Behind both are the same pages.

A view is written once, as `view(door, …)`; `by_link` and `as_member` make the two addresses of it.
"""

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from access_links.gate import guarded, not_in_use, require_link
from access_links.models import AccessLink
from agency_returns import links, permissions
from agency_returns.actors import Actor, member
from agency_returns.models import AgencyReturn, InformationRequest
from audit.workflow import record_read
from chronology.names import People

View = Callable[..., HttpResponse]
OK = 200


class Door:
    """One visit to one request: who is there, and where the pages are."""

    def __init__(
        self, http: HttpRequest, prefix: str, key: dict[str, Any], request: InformationRequest, actor: Actor
    ) -> None:
        self.http, self.prefix, self.key, self.request, self.actor = http, prefix, key, request, actor
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)

    @property
    def version(self) -> AgencyReturn | None:
        return self.request.current

    @property
    def people(self) -> People:
        """The children by name: whoever stands here must find them in their records."""
        return People(self.request.referral, with_names=True)

    @property
    def label(self) -> str:
        return self.actor.label(self.request.agency)

    def url(self, name: str, **more: Any) -> str:
        return reverse(f"agency_returns:{self.prefix}-{name}", kwargs=self.key | more)

    def tell(self, message: str) -> None:
        messages.success(self.http, message)

    def go(self, name: str = "tasks", message: str = "", **more: Any) -> HttpResponseRedirect:
        if message:
            messages.success(self.http, message)
        return redirect(self.url(name, **more))

    def refuse(self, error: Exception, name: str = "tasks") -> HttpResponseRedirect:
        messages.error(self.http, str(error))
        return self.go(name)

    def page(self, template: str, **context: Any) -> HttpResponse:
        context = {"door": self, "request_row": self.request, "back": self.url("tasks"), "today": self.today} | context
        return render(self.http, f"agency_returns/{template}.html", context)


def by_link(view: View) -> View:
    """For whoever came by the request's link and gave its code; nobody else, signed in or not."""

    @login_not_required
    @functools.wraps(view)
    def inner(http: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        link = require_link(http, token, links.RETURN)
        if not isinstance(link, AccessLink):
            return link
        request = links.request_of(link)
        if request is None:
            return not_in_use(http)
        name = request.lead_name if link.address == request.lead_address else link.address
        return guarded(view(Door(http, "link", {"token": token}, request, Actor(name, link.address)), **kwargs))

    return inner


def as_member(view: View) -> View:
    """For a signed-in member of the agency who sees the case."""

    @functools.wraps(view)
    def inner(http: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        visible = InformationRequest.objects.visible_to(http.user).select_related("referral", "agency")
        request = get_object_or_404(visible, pk=pk)
        door = Door(http, "mine", {"pk": pk}, request, member(http.user))
        permissions.check_answer(http.user, request, on=door.today)
        response = view(door, **kwargs)
        if response.status_code == OK:
            record_read(by=http.user, obj=request, reference=request.referral.reference)
        return response

    return inner
