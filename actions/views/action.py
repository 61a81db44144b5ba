"""One action: its page, adding one, putting its words right; and the actions of a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from actions import permissions, workflow
from actions.facts import from_practice_review, from_review
from actions.forms import ActionForm, OriginForm
from actions.models import Action
from actions.page import ActionPage, lines_of
from actions.views.base import Visit, visit
from actions.workflow.proposing import facts_of
from audit.workflow import record_read
from panel import permissions as panel
from panel.permissions import Permission
from panel.typed import keeps_typed
from practice_reviews import permissions as reviews
from practice_reviews.models import PracticeReview
from rapid_reviews.models import RapidReview
from referrals import permissions as cases
from referrals.models import Referral
from referrals.views.base import attempt, case_page, needs
from referrals.workflow.base import ChangedMeanwhileError, fingerprint


@visit
def action(here: Visit) -> HttpResponse:
    """Everything about one action, and what this person can do."""
    return here.page(
        "action", page=ActionPage(here.action, here.user, here.today, here.now), back=reverse("actions:log")
    )


@case_page
def case(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The actions of one case."""
    today = timezone.localdate()
    visible = Action.objects.visible_to(request.user).filter(referral=referral)
    review = getattr(referral, "rapid_review", None)
    may_add = cases.can(request.user, Permission.ADD_ACTIONS, referral, on=today)  # type: ignore[arg-type]
    context = {"referral": referral, "lines": lines_of(visible, today), "review": review, "may_add": may_add}
    return render(request, "actions/case.html", context | {"case_tab": "actions", "today": today})


def _save(request: HttpRequest, form: Any, origin: Any, made: list[Action]) -> None:
    now = timezone.now()
    made.append(workflow.propose(origin=origin, facts=form.facts(), by=request.user, now=now))  # type: ignore[arg-type]
    if form.cleaned_data.get("agree"):
        workflow.agree(action=made[0], by=request.user, now=now)  # type: ignore[arg-type]


def _said(request: HttpRequest, made: Action, agreed: bool) -> HttpResponse:
    told = "is agreed and its lead is told" if agreed else "is proposed: the chair or the business manager agrees it"
    messages.success(request, f"{made.reference} {told}.")
    return redirect(made)


@case_page
@needs(Permission.ADD_ACTIONS)
@keeps_typed
def add_from_review(request: HttpRequest, referral: Referral) -> HttpResponse:
    """A new action whose source is the case's rapid review."""
    review = get_object_or_404(
        RapidReview.objects.visible_to(request.user).select_related("referral"), referral=referral
    )
    form = ActionForm(request.POST or None, may_agree=panel.can(request.user, Permission.MANAGE_ACTIONS))  # type: ignore[arg-type]
    made: list[Action] = []
    if request.method == "POST" and attempt(form, lambda: _save(request, form, from_review(review), made)):
        return _said(request, made[0], bool(form.cleaned_data.get("agree")))
    context = {
        "form": form,
        "referral": referral,
        "title": "Add an action from the rapid review",
        "case_tab": "actions",
    }
    return render(request, "actions/form.html", context | {"back": reverse("actions:case", args=[referral.reference])})


def _review_of(request: HttpRequest, reference: str) -> PracticeReview:
    visible = PracticeReview.objects.visible_to(request.user).select_related("referral__lead")
    found: PracticeReview = get_object_or_404(visible, reference=reference)
    record_read(by=request.user, obj=found, reference=found.case_reference)
    return found


def practice_review(request: HttpRequest, reference: str) -> HttpResponse:
    """The actions of one commissioned review, those that this person sees."""
    today, review = timezone.localdate(), _review_of(request, reference)
    visible = Action.objects.visible_to(request.user).filter(practice_review=review)
    may_add = reviews.can(request.user, Permission.ADD_ACTIONS, review, on=today)  # type: ignore[arg-type]
    context: dict[str, Any] = {"review": review, "referral": review.referral, "case_tab": "reviews", "today": today}
    context |= {"lines": lines_of(visible, today), "may_add": may_add, "back": review.get_absolute_url()}
    return render(request, "actions/practice_review.html", context)


@keeps_typed
def add_from_practice_review(request: HttpRequest, reference: str) -> HttpResponse:
    """A new action whose source is a commissioned review."""
    review = _review_of(request, reference)
    panel.check(request.user, Permission.ADD_ACTIONS)  # type: ignore[arg-type]
    form = ActionForm(request.POST or None, may_agree=panel.can(request.user, Permission.MANAGE_ACTIONS))  # type: ignore[arg-type]
    made: list[Action] = []
    origin = from_practice_review(review)
    if request.method == "POST" and attempt(form, lambda: _save(request, form, origin, made)):
        return _said(request, made[0], bool(form.cleaned_data.get("agree")))
    title = f"Add an action from {review.reference}"
    context = {"form": form, "referral": review.referral, "title": title, "case_tab": "reviews"}
    back = reverse("actions:practice-review", args=[review.reference])
    return render(request, "actions/form.html", context | {"back": back})


@keeps_typed
def add(request: HttpRequest) -> HttpResponse:
    """A new action from a meeting or another review."""
    panel.check(request.user, Permission.ADD_ACTIONS)  # type: ignore[arg-type]
    may_agree = panel.can(request.user, Permission.MANAGE_ACTIONS)  # type: ignore[arg-type]
    form = OriginForm(request.POST or None, user=request.user, may_agree=may_agree)
    made: list[Action] = []
    if request.method == "POST" and attempt(form, lambda: _save(request, form, form.origin(), made)):
        return _said(request, made[0], bool(form.cleaned_data.get("agree")))
    return render(
        request, "actions/form.html", {"form": form, "title": "Add an action", "back": reverse("actions:log")}
    )


@visit
def change(here: Visit) -> HttpResponse:
    """Put its words, agencies or lead right. Two windows do not overwrite each other."""
    permissions.check(here.user, Permission.MANAGE_ACTIONS, here.action, on=here.today)
    saved = facts_of(here.action)
    initial = saved | {"seen": fingerprint(saved)}
    form = ActionForm(here.request.POST or None, action=here.action, initial=initial)

    def save() -> None:
        facts, seen = form.facts(), form.cleaned_data["seen"]
        try:
            workflow.change(action=here.action, facts=facts, seen=seen, by=here.user, now=here.now)
        except ChangedMeanwhileError as error:
            form.data = form.data.copy()
            form.data["seen"] = fingerprint(error.saved)  # saving again replaces what the other window saved
            raise

    if attempt(form, save):
        return here.done("The action is changed.")
    return here.page("form", form=form, title="Change the action")
