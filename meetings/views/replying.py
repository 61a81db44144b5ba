"""A reply to an invitation: by link and code, or signed in; who plans the meetings replies for who rang."""

import functools
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from access_links.gate import guarded, not_in_use, require_link, take_held
from access_links.models import AccessLink
from meetings import links, permissions, workflow
from meetings.forms import ReplyForm
from meetings.models import Invitation
from meetings.states import Reply
from meetings.views.base import Visit, keeps, visit
from panel.models import User
from referrals.views.base import attempt

SAID = {Reply.ACCEPTED: {"comes": "yes"}, Reply.DECLINED: {"comes": "no"}}


def _save(form: ReplyForm, invitation: Invitation, by: User, *, by_link: bool) -> None:
    change = workflow.accept if form.cleaned_data["comes"] == "yes" else workflow.decline
    words = form.cleaned_data["words"]
    change(invitation=invitation, words=words, by=by, now=timezone.now(), by_link=by_link)


def _initial(invitation: Invitation) -> dict[str, Any]:
    return SAID.get(Reply(invitation.status), {}) | {"words": invitation.reply_note}


@visit()
@keeps
def reply(here: Visit, invitation_pk: int) -> HttpResponse:
    rows = Invitation.objects.visible_to(here.user).standing().filter(meeting=here.meeting)
    invitation = get_object_or_404(rows.select_related("membership__user", "meeting"), pk=invitation_pk)
    permissions.check_reply(here.user, invitation, on=here.today)
    is_mine = invitation.membership.user_id == here.user.pk
    form = ReplyForm(here.request.POST or None, is_mine=is_mine, initial=_initial(invitation))
    if here.request.method == "POST" and attempt(form, lambda: _save(form, invitation, here.user, by_link=False)):
        return here.go("The reply is kept.")
    title = "Reply to the invitation" if is_mine else f"Reply for {invitation.membership.user}"
    return here.page("form", form=form, title=title)


def _with_link(view: Any) -> Any:
    @login_not_required
    @functools.wraps(view)
    def inner(request: HttpRequest, token: str) -> HttpResponse:
        link = require_link(request, token, links.REPLY)
        if not isinstance(link, AccessLink):
            return link
        invitation = links.invitation_of(link)
        if invitation is None:
            return not_in_use(request)
        return guarded(view(request, token, invitation))

    return inner


@_with_link
def by_link(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """The one page behind the link: when and where, and the reply."""
    person = invitation.membership.user
    form = ReplyForm(request.POST or None, is_mine=True, initial=_initial(invitation) | take_held(request))
    if request.method == "POST" and attempt(form, lambda: _save(form, invitation, person, by_link=True)):
        messages.success(request, "Your reply is kept. You can change it here until the meeting.")
        return redirect("meetings:link-reply", token=token)
    about = {"form": form, "meeting": invitation.meeting, "invitation": invitation}
    return render(request, "meetings/link_reply.html", about)
