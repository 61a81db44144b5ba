"""The list, the reviews of a case, commissioning, and the workspace of one review."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from panel import permissions as panel
from panel.permissions import Permission
from panel.typed import keeps_typed
from practice_reviews import workflow
from practice_reviews.facts import standing, with_progress
from practice_reviews.filters import ReviewFilter
from practice_reviews.forms import CommissionForm, PartnersForm
from practice_reviews.kinds import by_partners
from practice_reviews.models import PracticeReview
from practice_reviews.page import Line, ReviewPage
from practice_reviews.views.base import Visit, visit
from rapid_reviews.models import RapidReview
from referrals import permissions as cases
from referrals.models import Referral
from referrals.views.base import attempt, case_page, needs

PER_PAGE = 25


def review_list(request: HttpRequest) -> HttpResponse:
    """The reviews that this person sees. Whoever sees some case has this list; without one, nothing is there."""
    panel.check(request.user, Permission.SEE_CASES)  # type: ignore[arg-type]
    today = timezone.localdate()
    visible = with_progress(PracticeReview.objects.visible_to(request.user, on=today))
    asked = ReviewFilter(request.GET, visible=visible, today=today)
    page = Paginator(asked.qs, PER_PAGE).get_page(request.GET.get("page"))
    lines = [Line(standing(review, today)) for review in page.object_list]
    context = {"filter": asked, "page": page, "lines": lines, "today": today}
    return render(request, "practice_reviews/list.html", context)


def _decided(referral: Referral) -> tuple[RapidReview | None, list[Any]]:
    """The rapid review, and the types that its decision lets the leaders commission."""
    rapid = RapidReview.objects.filter(referral=referral).first()
    is_open = rapid is not None and rapid.decided_on is not None and rapid.recommendation is not None
    return rapid, by_partners(rapid.outcome) if rapid is not None and is_open else []


@case_page
def case(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The reviews of one case, and what may be commissioned in it."""
    today = timezone.localdate()
    visible = with_progress(PracticeReview.objects.visible_to(request.user).filter(referral=referral))
    rapid, kinds = _decided(referral)
    may = cases.can(request.user, Permission.MANAGE_PRACTICE_REVIEWS, referral, on=today)  # type: ignore[arg-type]
    lines = [Line(standing(review, today)) for review in visible]
    context = {"referral": referral, "lines": lines, "rapid": rapid, "kinds": kinds, "may_commission": may}
    return render(request, "practice_reviews/case.html", context | {"case_tab": "reviews", "today": today})


def _commission(request: HttpRequest, form: Any, context: dict[str, Any]) -> HttpResponse:
    made: list[PracticeReview] = []

    def save() -> None:
        by, now = request.user, timezone.now()
        made.append(workflow.commission(wanted=form.commission(), by=by, now=now))  # type: ignore[arg-type]

    if request.method == "POST" and attempt(form, save):
        messages.success(request, f"{made[0].reference} is commissioned.")
        return redirect(made[0])
    title = "Commission a review"
    return render(request, "practice_reviews/form.html", context | {"form": form, "title": title})


@case_page
@needs(Permission.MANAGE_PRACTICE_REVIEWS)
@keeps_typed
def commission_case(request: HttpRequest, referral: Referral) -> HttpResponse:
    """By the decision of the three partners on the case's rapid review."""
    rapid, kinds = _decided(referral)
    if not kinds:
        messages.error(request, "The three Safeguarding Partners have not decided on a review in this case.")
        return redirect("practice_reviews:case", referral.reference)
    form = PartnersForm(request.POST or None, kinds=kinds, referral=referral)
    back = reverse("practice_reviews:case", args=[referral.reference])
    text = f"The three Safeguarding Partners decided on {rapid.decided_on:%-d %B %Y}: " if rapid else ""
    context = {"referral": referral, "case_tab": "reviews", "back": back}
    return _commission(request, form, context | {"lead_text": f"{text}{rapid.get_outcome_display()}." if rapid else ""})


@keeps_typed
def commission(request: HttpRequest) -> HttpResponse:
    """By the Panel's own decision, for a case or for none."""
    panel.check(request.user, Permission.MANAGE_PRACTICE_REVIEWS)  # type: ignore[arg-type]
    form = CommissionForm(request.POST or None, user=request.user)
    return _commission(request, form, {"back": reverse("practice_reviews:list")})


@visit
def review(here: Visit) -> HttpResponse:
    """Everything about one review, and what this person can do."""
    page = ReviewPage(here.review, here.user, here.today, here.now)
    return here.page("review", page=page, back=reverse("practice_reviews:list"))
