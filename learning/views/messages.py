"""Key messages: the list, one with its plan and impact, drafting, the Executive Group's word."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from learning import permissions, workflow
from learning.forms import ImpactForm, MessageForm
from learning.models import Cascade, KeyMessage, LearningPoint
from learning.states import CascadeStatus, MessageStatus
from learning.views.base import (
    Step,
    back_to,
    confirm,
    day,
    found,
    need,
    paged,
    said,
    saved,
    show,
    take_step,
    verbs,
    why,
    with_seen,
)
from learning.workflow.messages import facts_of, visible_points
from panel import permissions as panel
from panel.permissions import Permission
from panel.typed import keeps_typed

PEOPLE = ("drafted_by", "recommended_by", "agreed_by", "closed_by", "withdrawn_by")


def message_list(request: HttpRequest) -> HttpResponse:
    """All key messages, newest first; by status."""
    need(request, Permission.SEE_LEARNING)
    rows, status = KeyMessage.objects.visible_to(request.user).prefetch_related("audiences"), request.GET.get("status")
    if status in MessageStatus.values:
        rows = rows.filter(status=status)
    statuses = MessageStatus.choices
    return show(request, "messages", page=paged(request, rows), tab="messages", chosen=status, statuses=statuses)


def message(request: HttpRequest, reference: str) -> HttpResponse:
    """The message, what it rests on, how it reaches people, whether practice changed."""
    row, today = found(request, KeyMessage, *PEOPLE, reference=reference), timezone.localdate()
    user: Any = request.user
    asked = Cascade.objects.exclude(status=CascadeStatus.WITHDRAWN).select_related("agency")
    products = row.products.select_related("audience").prefetch_related(Prefetch("cascades", asked), "attendances")
    return show(
        request, "message", message=row, verbs=verbs(request, row, today), points=visible_points(row, user, today),
        products=products, checks=row.impact_checks.select_related("done_by"),
        briefing=getattr(row, "briefing", None), may_manage=panel.can(user, Permission.MANAGE_LEARNING, on=today),
        may_change=permissions.can_change_message(user, row, on=today), back=reverse("learning:message-list"),
    )  # fmt: skip


def _from_points(request: HttpRequest) -> list[LearningPoint]:
    """Points that the address names (`?point=LP-2026-001`), of those that this person sees."""
    return list(LearningPoint.objects.visible_to(request.user).filter(reference__in=request.GET.getlist("point")))


@keeps_typed
def add(request: HttpRequest) -> HttpResponse:
    """Draft a key message."""
    need(request, Permission.MANAGE_LEARNING)
    chosen, made = _from_points(request), []
    initial = {"points": [point.pk for point in chosen]}
    form = MessageForm(request.POST or None, user=request.user, chosen=chosen, initial=initial)

    def save() -> None:
        made.append(workflow.draft_message(facts=form.facts(), by=request.user, now=timezone.now()))  # type: ignore[arg-type]

    if saved(request, form, save):
        return said(request, f"{made[0].reference} is drafted.", made[0])
    return show(request, "form", form=form, title="Draft a key message", back=reverse("learning:message-list"))


@keeps_typed
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a draft right."""
    row, now = found(request, KeyMessage, reference=reference), timezone.now()
    user: Any = request.user
    permissions.check_change_message(user, row, on=timezone.localdate(now))
    facts = facts_of(row, user, timezone.localdate(now))
    form = MessageForm(request.POST or None, user=user, chosen=facts["points"], initial=with_seen(facts))

    def save() -> None:
        seen = form.cleaned_data["seen"]
        workflow.change_message(message=row, facts=form.facts(), seen=seen, by=user, now=now)

    if saved(request, form, save):
        return said(request, "The key message is changed.", row)
    return show(request, "form", form=form, title="Change the key message", **back_to(row))


STEPS = {
    "recommend": Step(
        "recommend", "Recommend it to the Executive Group?", confirm("Recommend it"),
        lambda row, data, **who: workflow.recommend_message(message=row, **who),
        "The key message is recommended to the Executive Group.",
        "It stands in the next highlight report, and is not changed until the Executive Group has answered.",
    ),
    "send-back": Step(
        "send_back", "The Executive Group wants it otherwise", why("Make it a draft again", label="What otherwise?"),
        lambda row, data, **who: workflow.send_back_message(message=row, reason=data["reason"], **who),
        "The key message is a draft again.",
    ),
    "agree": Step(
        "agree", "The Executive Group has agreed it", day("Save"),
        lambda row, data, **who: workflow.agree_message(message=row, on=data["on"], **who),
        "The key message is agreed: plan how it reaches its audiences.",
    ),
    "close": Step(
        "close", "Close the key message", why("Close it", label="What became of it?"),
        lambda row, data, **who: workflow.close_message(message=row, closing_words=data["reason"], **who),
        "The key message is closed.",
    ),
    "withdraw": Step(
        "withdraw", "Withdraw the key message?", why("Withdraw it", warning=True),
        lambda row, data, **who: workflow.withdraw_message(message=row, reason=data["reason"], **who),
        "The key message is withdrawn.", "It is kept with your reason; nothing more is issued of it.",
    ),
}  # fmt: skip


def step(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    return take_step(request, found(request, KeyMessage, reference=reference), STEPS, slug)


@keeps_typed
def impact(request: HttpRequest, reference: str, months: int) -> HttpResponse:
    """What was found so many months later."""
    row, now = found(request, KeyMessage, reference=reference), timezone.now()
    need(request, Permission.MANAGE_LEARNING)
    check = get_object_or_404(row.impact_checks.select_related("message"), months=months)
    initial = {"outcome": check.outcome, "evidence": check.evidence}
    form = ImpactForm(request.POST or None, initial=initial)

    def save() -> None:
        workflow.record_impact(check=check, **form.cleaned_data, by=request.user, now=now)  # type: ignore[arg-type]

    if saved(request, form, save):
        return said(request, "The impact is saved.", row)
    return show(request, "form", form=form, title=f"Impact after {months} months", lead_text=row.text, **back_to(row))
