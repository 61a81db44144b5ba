"""The two narrow doors: a colleague to one part, and the senior lead to the sign-off."""

import functools
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from access_links.gate import guarded, not_in_use, require_link
from access_links.models import AccessLink
from agency_returns import links, workflow
from agency_returns.actors import Actor
from agency_returns.choices import Part
from agency_returns.contents import contents_of, rows_of
from agency_returns.forms import SendBackForm
from agency_returns.models import AgencyReturn, HandOver
from agency_returns.views import files
from agency_returns.views.answering import edit_part, receipt_file
from agency_returns.views.door import Door, View
from core.errors import NotPermitted, WorkflowError
from referrals.views.base import attempt


def narrow(purpose: str, prefix: str) -> Any:
    """Call the view with a Door and what the link leads to; for readers of a link of `purpose` alone."""

    def decorate(view: View) -> View:
        @login_not_required
        @functools.wraps(view)
        def inner(http: HttpRequest, token: str) -> HttpResponse:
            link = require_link(http, token, purpose)
            if not isinstance(link, AccessLink):
                return link
            request = links.request_of(link)
            if request is None:
                return not_in_use(http)
            door = Door(http, prefix, {"token": token}, request, Actor(link.address, link.address))
            return guarded(view(door, links.number(link)))

        return inner

    return decorate


class PartDoor(Door):
    """A colleague sees the one part, and no way from it to the others."""

    def url(self, name: str, **more: Any) -> str:
        return self.http.path


@narrow(links.PART, "part")
def part(door: Door, pk: int) -> HttpResponse:
    """One part of the return, for the colleague to whom it was handed."""
    hand_over = HandOver.objects.select_related("request__agency", "request__referral").get(pk=pk)
    actor = Actor(hand_over.name, hand_over.address)
    inside = PartDoor(door.http, "part", door.key, door.request, actor)

    def done() -> HttpResponse:
        workflow.finish_hand_over(hand_over=hand_over, now=door.now)
        return redirect(f"{door.http.path}?saved=1")

    is_open = inside.version is None or inside.version.is_open
    if not is_open or door.http.GET.get("saved"):
        return inside.page("part_saved", hand_over=hand_over, is_open=is_open)
    children = inside.people.children
    return edit_part(inside, Part(hand_over.key), done, is_colleague=True, children=children, back="")


@narrow(links.SIGN_OFF, "sign-off")
def sign_off(door: Door, pk: int) -> HttpResponse:
    """The whole version to read, one button to sign it off, a form to send it back."""
    version = AgencyReturn.objects.select_related("request__agency", "request__referral").get(pk=pk)
    actor = Actor(version.signer_name, version.signer_address)
    if "receipt" in door.http.GET and version.signed_at is not None:
        return receipt_file(version)
    if "file" in door.http.GET:
        reader = PartDoor(door.http, door.prefix, door.key, door.request, actor)
        return files.served(reader, files.of_version(version, door.http.GET["file"]))
    form = SendBackForm(door.http.POST if "send_back" in door.http.POST else None)
    if "sign" in door.http.POST:
        return _signed(door, version, actor)

    def send_back() -> None:
        workflow.send_back(version=version, reason=form.cleaned_data["reason"], by=actor, now=door.now)

    if attempt(form, send_back):
        return door_page(door, "sent_back", version=version)
    rows = rows_of(version).in_order()[:500]
    contents = contents_of(door.request, version)
    return door_page(door, "sign_off", version=version, contents=contents, rows=rows, form=form)


def _signed(door: Door, version: AgencyReturn, actor: Actor) -> HttpResponse:
    try:
        workflow.sign_off(version=version, by=actor, now=door.now)
    except NotPermitted:
        raise
    except WorkflowError as error:
        return door_page(door, "sent_back", version=version, error=str(error))
    return redirect(door.http.path)


def door_page(door: Door, template: str, **context: Any) -> HttpResponse:
    """A page of a narrow door: there is nothing to go back to."""
    return PartDoor(door.http, door.prefix, door.key, door.request, door.actor).page(template, back="", **context)
