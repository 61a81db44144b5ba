"""An agency confirms that it passed learning on: by link and code, or signed in. Behind both doors is the same page."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from access_links.gate import guarded, not_in_use, require_link, restore_held
from access_links.models import AccessLink
from agency_returns.actors import Actor, member
from learning import links, permissions, workflow
from learning.forms import ConfirmForm
from learning.models import Cascade
from learning.states import CascadeStatus
from learning.views.base import found, show
from panel.typed import keeps_typed
from referrals.views.base import attempt


def _page(request: HttpRequest, cascade: Cascade, actor: Actor) -> HttpResponse:
    form: Any = ConfirmForm(request.POST or None)

    def save() -> None:
        workflow.confirm_cascade(cascade=cascade, **form.cleaned_data, by=actor, now=timezone.now())

    if request.method == "POST" and attempt(form, save):
        if actor.user is not None:
            return redirect(request.path)
        cascade.refresh_from_db()  # the link has ended: its last page is the receipt
    done = cascade.status != CascadeStatus.ASKED
    return show(request, "confirm", cascade=cascade, form=None if done else form, message=cascade.product.message)


@login_not_required
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever came by the link of the mail and gave its code; nobody else, signed in or not."""
    link = require_link(request, token, links.CONFIRM)
    if not isinstance(link, AccessLink):
        return link
    cascade = links.cascade_of(link)
    if cascade is None:
        return not_in_use(request)
    restore_held(request)
    name = cascade.agency.safeguarding_lead or link.address
    return guarded(_page(request, cascade, Actor(name, link.address)))


@keeps_typed
def as_member(request: HttpRequest, pk: int) -> HttpResponse:
    """For a signed-in member of the agency, or who manages learning, for an agency that rang."""
    cascade = found(request, Cascade, "product__message", "product__audience", "agency", pk=pk)
    user: Any = request.user
    permissions.check_confirm(user, cascade, on=timezone.localdate())
    return _page(request, cascade, member(user))
