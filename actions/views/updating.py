"""What an agency does with its action: by link and code, or signed in. Behind both doors are the same pages.

A view is written once, as `view(door)`; `by_link` and `as_member` make the two addresses of it.
"""

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from access_links.gate import guarded, not_in_use, require_link, take_held
from access_links.models import AccessLink
from actions import links, permissions, workflow
from actions.forms import AskDateForm, EvidenceForm, NoteForm
from actions.models import Action
from actions.rag import standing
from agency_returns.actors import Actor, member
from audit.workflow import record_read
from referrals.forms.base import ConfirmForm
from referrals.views.base import attempt

View = Callable[["Door"], HttpResponse]
OK = 200


class Door:
    """One visit to one action: who is there, and where the pages are."""

    def __init__(self, http: HttpRequest, prefix: str, key: dict[str, Any], action: Action, actor: Actor) -> None:
        self.http, self.prefix, self.key, self.action, self.actor = http, prefix, key, action, actor
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)

    @property
    def is_link(self) -> bool:
        return self.prefix == "link"

    def url(self, name: str) -> str:
        return reverse(f"actions:{self.prefix}-{name}", kwargs=self.key)

    def go(self, message: str) -> HttpResponseRedirect:
        messages.success(self.http, message)
        return redirect(self.url("update") if self.is_link else self.action.get_absolute_url())

    def page(self, template: str, **context: Any) -> HttpResponse:
        back = self.url("update") if self.is_link else self.action.get_absolute_url()
        about = {"door": self, "action": self.action, "today": self.today, "back": back}
        return render(self.http, f"actions/{template}.html", about | context)


def _name(action: Action, address: str) -> str:
    known = {
        action.lead_address.lower(): action.lead_name,
        action.owner.safeguarding_address.lower(): action.owner.safeguarding_lead,
    }
    return known.get(address) or address


def by_link(view: View) -> Callable[..., HttpResponse]:
    """For whoever came by the action's link and gave its code; nobody else, signed in or not."""

    @login_not_required
    @functools.wraps(view)
    def inner(http: HttpRequest, token: str) -> HttpResponse:
        link = require_link(http, token, links.UPDATE)
        if not isinstance(link, AccessLink):
            return link
        action = links.action_of(link)
        if action is None:
            return not_in_use(http)
        actor = Actor(_name(action, link.address), link.address)
        return guarded(view(Door(http, "link", {"token": token}, action, actor)))

    return inner


def as_member(view: View) -> Callable[..., HttpResponse]:
    """For a signed-in member of an agency of the action, or who manages the log."""

    @functools.wraps(view)
    def inner(http: HttpRequest, reference: str) -> HttpResponse:
        visible = Action.objects.visible_to(http.user).select_related("referral", "owner", "lead")
        action = get_object_or_404(visible.prefetch_related("others"), reference=reference)
        door = Door(http, "mine", {"reference": reference}, action, member(http.user))  # type: ignore[arg-type]
        permissions.check_update(http.user, action, on=door.today)  # type: ignore[arg-type]
        response = view(door)
        if response.status_code == OK:
            record_read(by=http.user, obj=action, reference=action.case_reference)
        return response

    return inner


def update(door: Door) -> HttpResponse:
    """What is to be done, how it stands, and what can be said about it."""
    action = door.action
    if not door.is_link:
        return redirect(action)
    return door.page(
        "update", standing=standing(action, door.today), notes=action.notes.order_by("-at", "-pk"),
        evidence=action.evidence.select_related("document__kind"), dates=action.date_changes.order_by("-asked_at"),
    )  # fmt: skip


def _form(
    door: Door, form: BaseForm, change: Callable[..., Any], *, title: str, done: str, **more: Any
) -> HttpResponse:
    def save() -> None:
        change(action=door.action, **form.cleaned_data, by=door.actor, now=door.now)  # type: ignore[attr-defined]

    if door.http.method == "POST" and attempt(form, save):
        return door.go(done)
    return door.page("door_form", form=form, title=title, **more)


def _data(door: Door) -> dict[str, Any]:
    """For forms: what was posted, or what was typed before the session behind a link had ended."""
    held = take_held(door.http) if door.is_link else {}
    return {"data": door.http.POST or None, "initial": held or None}


def note(door: Door) -> HttpResponse:
    made = _data(door)
    if made["initial"] is None:
        made["initial"] = {"at_risk": bool(door.action.at_risk_reason)}
    return _form(
        door, NoteForm(**made), workflow.add_note, title="How is the action going?", done="What you wrote is saved."
    )


def evidence(door: Door) -> HttpResponse:
    form = EvidenceForm(**_data(door), files=door.http.FILES or None)
    text = "When the evidence is there, say that the action is complete. Somebody else looks at it then."
    return _form(
        door, form, workflow.give_evidence, title="Give evidence", done="The evidence is kept.", lead_text=text
    )


def ask_date(door: Door) -> HttpResponse:
    text = "The date stands until the chair has approved another one."
    return _form(
        door, AskDateForm(**_data(door)), workflow.ask_date, title="Ask for another date", lead_text=text,
        done="The chair is asked. You are told of the decision.",
    )  # fmt: skip


def _confirmed(door: Door, change: Callable[..., Any], submit: str, **words: str) -> HttpResponse:
    form = ConfirmForm(door.http.POST if door.http.method == "POST" else None, submit=submit)
    form.warning = False  # type: ignore[misc]
    return _form(door, form, change, **words)


def claim(door: Door) -> HttpResponse:
    return _confirmed(
        door, workflow.claim, "It is complete", title="Is the action complete?",
        done="The Panel is asked to look at the evidence.",
        lead_text="Somebody of the Panel looks at your evidence next. Until then you can take this back.",
    )  # fmt: skip


def take_back(door: Door) -> HttpResponse:
    return _confirmed(
        door, workflow.take_back, "Go on with it", title="Go on working on the action?",
        done="The action is open again.", lead_text="The action is no longer said to be complete.",
    )  # fmt: skip
