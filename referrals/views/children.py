import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from panel.typed import keeps_typed
from referrals import workflow
from referrals.forms import ChildForm, ConfirmForm
from referrals.forms.base import LATER
from referrals.models import Child, Referral
from referrals.sections import missing_of_child
from referrals.views.base import draft_page, show_form
from referrals.views.drafts import save_part
from referrals.workflow.base import facts_of
from referrals.workflow.intake import CHILD_FIELDS


@draft_page
def children(request: HttpRequest, draft: Referral) -> HttpResponse:
    """The children of a draft, with what each still lacks."""
    if request.method == "POST":
        return redirect("referrals:draft-tasks", draft.key)
    found = [(child, missing_of_child(child)) for child in draft.children.order_by("position")]
    if not found:
        return redirect("referrals:draft-child-new", draft.key)
    return render(
        request, "referrals/children.html",
        {"draft": draft, "children": found, "back": reverse("referrals:draft-tasks", args=[draft.key])},
    )  # fmt: skip


@draft_page
def new_child(request: HttpRequest, draft: Referral) -> HttpResponse:
    """On to the form of a child that is not there yet; its key is in the address, so a double click adds one."""
    return redirect("referrals:draft-child", draft.key, uuid.uuid4())


@draft_page
@keeps_typed
def child(request: HttpRequest, draft: Referral, child_key: uuid.UUID) -> HttpResponse:
    now = timezone.now()
    found = draft.children.filter(key=child_key).first()
    if found is None and Child.objects.filter(key=child_key).exists():
        raise Http404  # a child of another draft
    facts = facts_of(found or Child(), CHILD_FIELDS)
    form = ChildForm(request.POST or None, facts=facts, today=timezone.localdate(now))

    def save(facts: dict[str, Any]) -> None:
        workflow.save_child(
            draft=draft, key=child_key, facts=facts, by=request.user, now=now, seen=form.cleaned_data["seen"]
        )

    title = f"Child {found.position}" if found else "Add a child"
    response = save_part(request, draft, form, title, save)
    if response.status_code == 302 and LATER not in request.POST:
        return redirect("referrals:draft-children", draft.key)
    return response


@draft_page
def remove_child(request: HttpRequest, draft: Referral, child_key: uuid.UUID) -> HttpResponse:
    back = reverse("referrals:draft-children", args=[draft.key])
    found = draft.children.filter(key=child_key).first()
    if request.method == "POST":
        workflow.remove_child(draft=draft, key=child_key, by=request.user, now=timezone.now())
        return redirect(
            "referrals:draft-tasks" if draft.children.count() == 0 else "referrals:draft-children", draft.key
        )
    if found is None:
        return redirect(back)
    form = ConfirmForm(submit="Remove this child")
    lead_text = f"Child {found.position} will be taken off the draft, and off the agencies that knew the child."
    return show_form(request, form, title="Remove this child?", draft=draft, back=back, lead_text=lead_text)
