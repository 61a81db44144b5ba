from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.errors import WorkflowError
from panel.typed import keeps_typed
from referrals import workflow
from referrals.forms import AgencyForm, NoAgencyForm
from referrals.models import Referral
from referrals.views.base import attempt, draft_page, show_form


@draft_page
@keeps_typed
def agencies(request: HttpRequest, draft: Referral) -> HttpResponse:
    """The agencies involved, and a form to add another. They wait for the children."""
    if not draft.children.exists():
        messages.info(request, "Add a child first: each agency is asked which child it knew.")
        return redirect("referrals:draft-tasks", draft.key)
    adding = request.method == "POST" and "none" not in request.POST
    form = AgencyForm(None if "none" in request.POST else request.POST or None, draft=draft)
    if request.method == "POST" and not adding:
        return _none_involved(request, draft)
    if adding and attempt(form, lambda: _save(request, draft, form)):
        return redirect("referrals:draft-agencies", draft.key)
    involved = draft.involved_agencies.select_related("agency").prefetch_related("known__child")
    return show_form(
        request, form, template="referrals/agencies.html", title="Agencies involved", draft=draft, involved=involved,
        none_form=NoAgencyForm(), back=reverse("referrals:draft-tasks", args=[draft.key]),
    )  # fmt: skip


def _save(request: HttpRequest, draft: Referral, form: AgencyForm) -> None:
    workflow.save_agency(draft=draft, **form.cleaned_data, by=request.user, now=timezone.now())


def _none_involved(request: HttpRequest, draft: Referral) -> HttpResponse:
    try:
        workflow.save_agencies_answer(draft=draft, none_involved=True, by=request.user, now=timezone.now())
    except WorkflowError as error:
        messages.error(request, str(error))
        return redirect("referrals:draft-agencies", draft.key)
    return redirect("referrals:draft-tasks", draft.key)


@draft_page
@require_POST
def remove_agency(request: HttpRequest, draft: Referral, pk: int) -> HttpResponse:
    involved = get_object_or_404(draft.involved_agencies.select_related("agency"), pk=pk)
    workflow.remove_agency(draft=draft, agency=involved.agency, by=request.user, now=timezone.now())
    return redirect("referrals:draft-agencies", draft.key)
