from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals import workflow
from referrals.choices import LinkKind
from referrals.forms import LinkForm, UnlinkForm
from referrals.models import CaseLink, Referral
from referrals.views.base import attempt, case_page, needs, show_form


def _page(request: HttpRequest, referral: Referral, form: BaseForm, title: str, save: Any, **more: Any) -> HttpResponse:
    back = reverse("overview:case", args=[referral.reference])
    if request.method == "POST" and attempt(form, save):
        messages.success(request, "Saved.")
        return redirect(back)
    return show_form(request, form, title=title, back=back, referral=referral, case_tab="case", **more)


@case_page
@needs(Permission.RECORD_CASE)
@keeps_typed
def link(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Link the case with another one. `?with=` and `?kind=` carry what a suggestion proposed."""
    kind = request.GET.get("kind", "")
    proposed = {"other": request.GET.get("with", ""), "kind": kind if kind in LinkKind.values else ""}
    visible = Referral.objects.visible_to(request.user)
    form = LinkForm(request.POST or None, referral=referral, visible=visible, initial=proposed)

    def save() -> None:
        workflow.link_cases(referral=referral, **form.cleaned_data, by=request.user, now=timezone.now())

    text = "The link stands on the pages of both cases, for those who may see both."
    return _page(request, referral, form, "Link with another case", save, lead_text=text)


@case_page
@needs(Permission.RECORD_CASE)
def unlink(request: HttpRequest, referral: Referral, pk: int) -> HttpResponse:
    links = CaseLink.objects.visible_to(request.user).of(referral).select_related("first", "second")
    found = get_object_or_404(links, pk=pk)
    form = UnlinkForm(request.POST or None)

    def save() -> None:
        workflow.unlink_cases(link=found, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())

    other = found.other(referral).reference
    text = f"{referral.reference} and {other} were linked as: {found.get_kind_display().lower()}."
    return _page(request, referral, form, f"End the link with {other}?", save, lead_text=text)
