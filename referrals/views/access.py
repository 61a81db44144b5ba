from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals import permissions, workflow
from referrals.forms import ConflictForm, EndConflictForm, InvitationForm, WithdrawInvitationForm
from referrals.models import Referral
from referrals.people import Roster
from referrals.questions import standings
from referrals.views.base import attempt, case_page, needs, show_form


@case_page
@needs(Permission.MANAGE_ACCESS)
def access(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Who is walled off and who is invited, now and earlier."""
    now = timezone.now()
    today = timezone.localdate(now)
    people = ("member", "recorded_by", "ruled_by", "ended_by")
    deputies = Roster.on(today, [referral])
    conflicts = [
        (c, c.runs_on(today), deputies.stand_in_of(c.member, referral))
        for c in referral.conflicts.select_related(*people)
    ]
    invitations = [(i, i.runs_on(today)) for i in referral.invitations.select_related("person", "withdrawn_by")]
    accesses = referral.emergency_accesses.select_related("person", "reviewed_by")
    emergencies = [(access, access.runs_at(now)) for access in accesses]
    context = {"conflicts": conflicts, "invitations": invitations, "emergencies": emergencies, "referral": referral}
    context |= {"case_tab": "access", "standings": standings(referral, today)}
    context["may_rule"] = permissions.can_rule(request.user, referral, on=today)
    return render(request, "referrals/access.html", context)


def _page(
    request: HttpRequest, referral: Referral, form: BaseForm, title: str, save: Any, **context: Any
) -> HttpResponse:
    """Show or save one form of the access pages. Who has just walled themself off does not come back here."""
    back = reverse("referrals:referral-access", args=[referral.reference])
    if request.method == "POST" and attempt(form, save):
        messages.success(request, "Saved.")
        still_sees = Referral.objects.visible_to(request.user).filter(pk=referral.pk).exists()
        return redirect(back if still_sees else "referrals:referral-list")
    return show_form(request, form, title=title, back=back, referral=referral, case_tab="access", **context)


@case_page
@needs(Permission.MANAGE_ACCESS)
@keeps_typed
def record_conflict(request: HttpRequest, referral: Referral) -> HttpResponse:
    now = timezone.now()
    form = ConflictForm(request.POST or None, referral=referral, user=request.user, today=timezone.localdate(now))

    def save() -> None:
        workflow.record_conflict(referral=referral, **form.cleaned_data, by=request.user, now=now)

    text = (
        "From then on the case does not exist for this person: not in lists, counts, search, mail or reports. "
        "Their named deputy acts instead."
    )
    return _page(request, referral, form, "Record a conflict of interest", save, lead_text=text)


@case_page
@needs(Permission.MANAGE_ACCESS)
@keeps_typed
def end_conflict(request: HttpRequest, referral: Referral, pk: int) -> HttpResponse:
    conflict = get_object_or_404(referral.conflicts.select_related("member"), pk=pk)
    form = EndConflictForm(request.POST or None)

    def save() -> None:
        reason = form.cleaned_data["reason"]
        workflow.end_conflict(conflict=conflict, reason=reason, by=request.user, now=timezone.now())

    title = f"End the conflict of interest of {conflict.member}"
    return _page(request, referral, form, title, save, lead_text=f"{conflict.member} will see the case again at once.")


@case_page
@needs(Permission.MANAGE_ACCESS)
@keeps_typed
def invite(request: HttpRequest, referral: Referral) -> HttpResponse:
    now = timezone.now()
    form = InvitationForm(request.POST or None, referral=referral, today=timezone.localdate(now))

    def save() -> None:
        workflow.invite(referral=referral, **form.cleaned_data, by=request.user, now=now)

    return _page(request, referral, form, "Invite a representative", save)


@case_page
@needs(Permission.MANAGE_ACCESS)
def withdraw_invitation(request: HttpRequest, referral: Referral, pk: int) -> HttpResponse:
    invitation = get_object_or_404(referral.invitations.select_related("person"), pk=pk)
    form = WithdrawInvitationForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        workflow.withdraw_invitation(invitation=invitation, by=request.user, now=timezone.now())

    text = f"{invitation.person} will not see the case any more."
    return _page(request, referral, form, "Withdraw this invitation?", save, lead_text=text)
