"""Reviews of others: the reading list, one of them, its readers, what they say, the decision."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from learning import permissions, workflow
from learning.choices import ReviewKind
from learning.forms import AssignForm, DecideForm, ImplicationsForm, ReviewForm
from learning.models import LearningPoint, OtherReview
from learning.states import ReadingStatus
from learning.views.base import (
    Step,
    back_to,
    confirm,
    found,
    need,
    paged,
    said,
    saved,
    show,
    take_step,
    verbs,
    with_seen,
)
from learning.workflow.reading import facts_of
from panel import permissions as panel
from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals.views.base import attempt

READING_DAYS = 28  # offered in the form: local practice


def review_list(request: HttpRequest) -> HttpResponse:
    """The reading list: by status and kind, those that wait first."""
    need(request, Permission.SEE_LEARNING)
    rows = OtherReview.objects.visible_to(request.user).prefetch_related("readers__user")
    status, kind = request.GET.get("status", ""), request.GET.get("kind", "")
    if status in ReadingStatus.values:
        rows = rows.filter(status=status)
    if kind in ReviewKind.values:
        rows = rows.filter(kind=kind)
    chosen = {"status": status, "kind": kind}
    choices = {"statuses": ReadingStatus.choices, "kinds": ReviewKind.choices}
    return show(request, "reviews", page=paged(request, rows), tab="reviews", chosen=chosen, **choices)


def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about one review of others."""
    row, today = found(request, OtherReview, "added_by", "decided_by", reference=reference), timezone.localdate()
    user: Any = request.user
    points = LearningPoint.objects.visible_to(user).filter(other_review=row)
    return show(
        request, "review", review=row, readers=list(row.readers.select_related("user")), points=points,
        verbs=verbs(request, row, today), may_read=permissions.can_read(user, row, on=today),
        may_edit=panel.can(user, Permission.EDIT_LEARNING, on=today), back=reverse("learning:review-list"),
    )  # fmt: skip


@keeps_typed
def add(request: HttpRequest) -> HttpResponse:
    """Put a review on the reading list."""
    need(request, Permission.EDIT_LEARNING)
    form, made = ReviewForm(request.POST or None), []

    def save() -> None:
        made.append(workflow.list_review(facts=form.facts(), by=request.user, now=timezone.now()))  # type: ignore[arg-type]

    if saved(request, form, save):
        return said(request, f"{made[0].reference} is on the reading list.", made[0])
    return show(request, "form", form=form, title="Add a review of others", back=reverse("learning:review-list"))


@keeps_typed
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Put right what it is."""
    row = found(request, OtherReview, reference=reference)
    need(request, Permission.EDIT_LEARNING)
    form = ReviewForm(request.POST or None, initial=with_seen(facts_of(row)))

    def save() -> None:
        seen, now = form.cleaned_data["seen"], timezone.now()
        workflow.change_review(review=row, facts=form.facts(), seen=seen, by=request.user, now=now)  # type: ignore[arg-type]

    if saved(request, form, save):
        return said(request, "It is changed.", row)
    return show(request, "form", form=form, title="Change the review of others", **back_to(row))


def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Say who reads it by when; they get a mail."""
    row, now = found(request, OtherReview, reference=reference), timezone.now()
    need(request, Permission.MANAGE_LEARNING)
    today = timezone.localdate(now)
    form = AssignForm(request.POST or None, today=today, initial={"due_on": today + timedelta(days=READING_DAYS)})

    def save() -> None:
        workflow.assign_readers(review=row, **form.cleaned_data, by=request.user, now=now)  # type: ignore[arg-type]

    if attempt(form, save):
        return said(request, "They are told that it waits for them.", row)
    return show(request, "form", form=form, title="Who reads it, by when?", **back_to(row))


@keeps_typed
def read(request: HttpRequest, reference: str) -> HttpResponse:
    """A reader says what it means here."""
    row, now = found(request, OtherReview, reference=reference), timezone.now()
    user: Any = request.user
    permissions.check_reader(user, row, on=timezone.localdate(now))
    mine = row.readers.get(user=user)
    initial = {"implications": mine.implications, "suggests": mine.suggests}
    form = ImplicationsForm(request.POST or None, initial=initial)

    def save() -> None:
        workflow.say_implications(review=row, **form.cleaned_data, by=user, now=now)

    if saved(request, form, save):
        return said(request, "Thank you. What you wrote is saved.", row)
    return show(request, "form", form=form, title="What does it mean here?", **back_to(row))


@keeps_typed
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """What the Panel makes of it."""
    row, now = found(request, OtherReview, reference=reference), timezone.now()
    user: Any = request.user
    permissions.check_person(user, row, "decide", on=timezone.localdate(now))
    drafts = "\n\n".join(reader.implications for reader in row.readers.all() if reader.implications)
    initial = {"implications": row.implications or drafts, "outcome": row.outcome}
    form = DecideForm(request.POST or None, initial=initial)

    def save() -> None:
        workflow.decide_review(review=row, **form.cleaned_data, by=user, now=now)

    if saved(request, form, save):
        return said(request, "The decision is saved.", row)
    return show(request, "form", form=form, title="What is made of it?", **back_to(row))


STEPS = {
    "reopen": Step(
        "reopen", "Take the decision back?", confirm("Take it back"),
        lambda row, data, **who: workflow.reopen_review(review=row, **who), "It waits for a decision again.",
        "What it means here stays as a draft.",
    ),
}  # fmt: skip


def step(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    return take_step(request, found(request, OtherReview, reference=reference), STEPS, slug)
