"""The dissemination plan: products, the agencies that pass them on, attendance."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.errors import NotPermitted, WorkflowError
from learning import workflow
from learning.choices import ATTENDED
from learning.forms import AskForm, AttendanceForm, ProductForm
from learning.models import KeyMessage, Product
from learning.states import CascadeStatus
from learning.views.base import (
    Step,
    back_to,
    day,
    found,
    need,
    said,
    saved,
    show,
    take_step,
    verbs,
    why,
    with_seen,
)
from learning.workflow.products import facts_of
from panel import permissions as panel
from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals.views.base import attempt

CONFIRM_DAYS = 28  # offered in the form: local practice
RELATED = ("message", "audience", "planned_by", "issued_by", "cancelled_by")


def _product(request: HttpRequest, reference: str, pk: int) -> Product:
    row: Product = found(request, Product, *RELATED, message__reference=reference, pk=pk)
    return row


def product(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One product: whom it should reach, which agencies passed it on, who came."""
    row, today = _product(request, reference, pk), timezone.localdate()
    user: Any = request.user
    cascades = list(row.cascades.exclude(status=CascadeStatus.WITHDRAWN).select_related("agency"))
    attendances = list(row.attendances.select_related("agency"))
    return show(
        request, "product", product=row, cascades=cascades, attendances=attendances,
        reached=sum(one.people or 0 for one in cascades), came=sum(one.people for one in attendances),
        late=[one.pk for one in cascades if one.is_late_on(today)], is_attended=row.kind in ATTENDED,
        verbs=verbs(request, row, today), may_manage=panel.can(user, Permission.MANAGE_LEARNING, on=today),
        back=row.message.get_absolute_url(),
    )  # fmt: skip


@keeps_typed
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """One more line of the plan."""
    message, made = found(request, KeyMessage, reference=reference), []
    need(request, Permission.MANAGE_LEARNING)
    form = ProductForm(request.POST or None)

    def save() -> None:
        facts, now = form.facts(), timezone.now()
        made.append(workflow.plan_product(message=message, facts=facts, by=request.user, now=now))  # type: ignore[arg-type]

    if saved(request, form, save):
        return said(request, "It is planned.", message)
    return show(request, "form", form=form, title="Plan a product", lead_text=message.text, **back_to(message))


@keeps_typed
def change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    row = _product(request, reference, pk)
    need(request, Permission.MANAGE_LEARNING)
    form = ProductForm(request.POST or None, product=row, initial=with_seen(facts_of(row)))
    form.initial["audience"] = row.audience_id

    def save() -> None:
        seen, now = form.cleaned_data["seen"], timezone.now()
        workflow.change_product(product=row, facts=form.facts(), seen=seen, by=request.user, now=now)  # type: ignore[arg-type]

    if saved(request, form, save):
        return said(request, "The product is changed.", row)
    text = "It is issued: only the address where it is found can change." if row.status == "issued" else ""
    return show(request, "form", form=form, title="Change the product", lead_text=text, **back_to(row))


STEPS = {
    "issue": Step(
        "issue", "It has been issued", day("Save"),
        lambda row, data, **who: workflow.issue_product(product=row, on=data["on"], **who),
        "It is issued: ask the agencies to pass it on.",
        "The first product of a message sets the days on which its impact is looked at.",
    ),
    "cancel": Step(
        "cancel", "Cancel the product?", why("Cancel it", warning=True),
        lambda row, data, **who: workflow.cancel_product(product=row, reason=data["reason"], **who),
        "The product is cancelled.",
    ),
}  # fmt: skip


def step(request: HttpRequest, reference: str, pk: int, slug: str) -> HttpResponse:
    return take_step(request, _product(request, reference, pk), STEPS, slug)


def ask(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Which agencies pass it on; each safeguarding lead gets a mail with a link."""
    row, now = _product(request, reference, pk), timezone.now()
    need(request, Permission.MANAGE_LEARNING)
    due = timezone.localdate(now) + timedelta(days=CONFIRM_DAYS)
    form, made = AskForm(request.POST or None, product=row, initial={"due_on": due}), []

    def save() -> None:
        made.extend(workflow.ask_agencies(product=row, **form.cleaned_data, by=request.user, now=now))  # type: ignore[arg-type]

    if attempt(form, save):
        mute = [one.agency.short_name for one in made if not one.agency.safeguarding_address]
        if mute:
            messages.info(request, f"No safeguarding lead, so no mail: {', '.join(mute)}. Their members can confirm.")
        return said(request, "The agencies are asked.", row)
    return show(request, "form", form=form, title="Ask agencies to pass it on", **back_to(row))


@keeps_typed
def attendance(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """How many of an agency came."""
    row, now = _product(request, reference, pk), timezone.now()
    need(request, Permission.MANAGE_LEARNING)
    form = AttendanceForm(request.POST or None)

    def save() -> None:
        workflow.record_attendance(product=row, **form.cleaned_data, by=request.user, now=now)  # type: ignore[arg-type]

    if saved(request, form, save):
        return said(request, "The attendance is saved.", row)
    return show(request, "form", form=form, title="Attendance", **back_to(row))


@require_POST
def press(request: HttpRequest, reference: str, pk: int, cascade: int, slug: str) -> HttpResponse:
    """Send an agency a new link, or no longer ask it."""
    if slug not in ("link", "withdraw"):
        raise Http404
    row, now = _product(request, reference, pk), timezone.now()
    need(request, Permission.MANAGE_LEARNING)
    asked = get_object_or_404(row.cascades.select_related("agency"), pk=cascade)
    try:
        if slug == "link":
            address = workflow.ask_again(cascade=asked, by=request.user, now=now)  # type: ignore[arg-type]
            messages.success(request, f"A mail is on its way to {address}.")
        else:
            workflow.withdraw_cascade(cascade=asked, by=request.user, now=now)  # type: ignore[arg-type]
            messages.success(request, f"{asked.agency} is not asked any more.")
    except NotPermitted:
        raise
    except WorkflowError as error:
        messages.error(request, str(error))
    return redirect(reverse("learning:product", args=[reference, pk]))
