"""Learning points: the list, one of them, recording one, putting it right, agreeing it; and the learning of a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from audit.workflow import record_read
from learning import permissions, workflow
from learning.choices import Source
from learning.filters import PointFilter
from learning.forms import PointForm, SourcedPointForm
from learning.immediate import beginning, immediate, rapid_review_of
from learning.memory import remembered
from learning.models import LearningPoint, MessagePoint, OtherReview
from learning.views.base import (
    Step,
    back_to,
    confirm,
    found,
    need,
    paged,
    saved,
    show,
    take_step,
    verbs,
    why,
    with_seen,
)
from learning.workflow import Origin
from learning.workflow.points import facts_of
from panel.permissions import Permission
from panel.typed import keeps_typed
from practice_reviews.models import PracticeReview
from rapid_reviews.models import RapidReview
from referrals import permissions as cases
from referrals.models import Referral
from referrals.views.base import case_page, needs

RELATED = ("referral", "practice_review", "other_review", "practice_area", "recorded_by", "agreed_by", "set_aside_by")
LINES = ("themes", "agencies")


def point_list(request: HttpRequest) -> HttpResponse:
    """The learning points that this person sees, filtered and paged."""
    need(request, Permission.SEE_LEARNING)
    visible = LearningPoint.objects.visible_to(request.user).select_related(*RELATED[:4]).prefetch_related(*LINES)
    asked = PointFilter(request.GET, queryset=visible)
    page = paged(request, asked.rows)
    return show(request, "points", filter=asked, page=page, tab="points")


def point(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about one point, and what this person can do."""
    row, today = found(request, LearningPoint, *RELATED, reference=reference), timezone.localdate()
    record_read(by=request.user, obj=row, reference=row.case_reference)
    user: Any = request.user
    return show(
        request, "point", point=row, verbs=verbs(request, row, today), memory=remembered(row, user),
        may_change=permissions.can_change_point(user, row, on=today),
        resting=MessagePoint.objects.filter(point=row).select_related("message"), back=reverse("learning:point-list"),
    )  # fmt: skip


def _recorded(request: HttpRequest, made: LearningPoint, typed: str) -> HttpResponse:
    """On to the point, with what the partnership remembers of its themes."""
    messages.success(request, f"{made.reference} is recorded: the chair or the business manager agrees it.")
    if made.text != typed.strip():
        messages.info(request, "Names that the case holds were replaced by pseudonyms. Please read it once more.")
    for sentence in remembered(made, request.user):
        messages.info(request, sentence)
    return redirect(made)


def _record(request: HttpRequest, form: Any, origin: Any, made: list[LearningPoint]) -> bool:
    """`origin()` is asked only of a form that is good."""

    def change() -> None:
        made.append(
            workflow.record_point(origin=origin(), facts=form.facts(), by=request.user, now=timezone.now())  # type: ignore[arg-type]
        )

    return saved(request, form, change)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The source that the address names, among the reviews that this person sees."""
    reference = request.GET.get("review", "")
    for source, name, model in (
        (Source.OTHER_REVIEW, "other_review", OtherReview),
        (Source.PRACTICE_REVIEW, "practice_review", PracticeReview),
    ):
        asked = model.objects.visible_to(request.user).filter(reference=reference).first()
        if asked:
            return {"source": source, name: asked}
    return {}


@keeps_typed
def add(request: HttpRequest) -> HttpResponse:
    """A new point from an audit, a commissioned review or a review of others (`?review=` chooses either)."""
    need(request, Permission.EDIT_LEARNING)
    form = SourcedPointForm(request.POST or None, user=request.user, initial=_asked(request))
    made: list[LearningPoint] = []
    if _record(request, form, lambda: form.origin(), made):
        return _recorded(request, made[0], form.cleaned_data["text"])
    return show(request, "form", form=form, title="Record a learning point", back=reverse("learning:point-list"))


@case_page
@needs(Permission.EDIT_LEARNING)
@keeps_typed
def add_from_case(request: HttpRequest, referral: Referral) -> HttpResponse:
    """A new point whose source is the case's rapid review."""
    visible = RapidReview.objects.visible_to(request.user).select_related("referral")
    review = get_object_or_404(visible, referral=referral)
    form = PointForm(request.POST or None, initial=beginning(review, request.GET.get("from", "")))
    origin = Origin(source=Source.RAPID_REVIEW, rapid_review=review)
    made: list[LearningPoint] = []
    if _record(request, form, lambda: origin, made):
        return _recorded(request, made[0], form.cleaned_data["text"])
    context = {"referral": referral, "case_tab": "learning", "title": "What did the rapid review teach?"}
    return show(request, "form", form=form, back=reverse("learning:case", args=[referral.reference]), **context)


@case_page
def case(request: HttpRequest, referral: Referral) -> HttpResponse:
    """What was learned from one case."""
    need(request, Permission.SEE_LEARNING)
    rows, review = LearningPoint.objects.visible_to(request.user).filter(referral=referral), rapid_review_of(referral)
    may_add = cases.can(request.user, Permission.EDIT_LEARNING, referral, on=timezone.localdate())  # type: ignore[arg-type]
    return show(
        request, "case", referral=referral, case_tab="learning", may_add=may_add,
        points=rows.select_related(*RELATED[:4]).prefetch_related(*LINES),
        review=review, immediate=immediate(review) if review else [],
        commissioned=PracticeReview.objects.visible_to(request.user).filter(referral=referral) if may_add else [],
    )  # fmt: skip


@keeps_typed
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a point right. Two windows do not overwrite each other."""
    row, now = found(request, LearningPoint, *RELATED, reference=reference), timezone.now()
    user: Any = request.user
    permissions.check_change_point(user, row, on=timezone.localdate(now))
    form = PointForm(request.POST or None, point=row, initial=with_seen(facts_of(row)))

    def save() -> None:
        seen = form.cleaned_data["seen"]
        workflow.change_point(point=row, facts=form.facts(), seen=seen, by=user, now=now)

    if saved(request, form, save):
        messages.success(request, "The learning point is changed.")
        return redirect(row)
    return show(request, "form", form=form, title="Change the learning point", row=row, **back_to(row))


STEPS = {
    "agree": Step(
        "agree", "Agree this learning point?", confirm("Agree it"),
        lambda row, data, **who: workflow.agree_point(point=row, **who), "The learning point is agreed.",
        "From now on a key message may rest on it.",
    ),
    "set-aside": Step(
        "set_aside", "Set this learning point aside?", why("Set it aside", warning=True),
        lambda row, data, **who: workflow.set_aside_point(point=row, reason=data["reason"], **who),
        "The learning point is set aside.", "It is kept with your reason and counted nowhere.",
    ),
    "take-up": Step(
        "take_up", "Take this learning point up again?", confirm("Take it up"),
        lambda row, data, **who: workflow.take_up_point(point=row, **who), "The learning point is proposed again.",
    ),
}  # fmt: skip


def step(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """One of STEPS."""
    return take_step(request, found(request, LearningPoint, "referral", reference=reference), STEPS, slug)
