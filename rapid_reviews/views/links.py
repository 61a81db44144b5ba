"""Behind a link and its code: a partner decides, a member answers. Pseudonyms only, and nothing but this one thing."""

import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from access_links.gate import guarded, not_in_use, require_link, take_held
from access_links.models import AccessLink
from audit.workflow import record_read
from core.forms import Restored
from panel.roles import StatutoryRole
from rapid_reviews import links, workflow
from rapid_reviews.choices import Answer, Outcome, View
from rapid_reviews.contents import contents_of
from rapid_reviews.forms import AnswerForm, DecisionForm
from rapid_reviews.links import Errand
from rapid_reviews.models import PartnerDecision
from rapid_reviews.paper import STILL, paper_of
from rapid_reviews.views.base import attempt


def by_link(purpose: str) -> Callable[[Callable[[HttpRequest, Errand], HttpResponse]], Callable[..., HttpResponse]]:
    """For whoever came by a link of this purpose and gave its code; nobody else, signed in or not."""

    def decorate(view: Callable[[HttpRequest, Errand], HttpResponse]) -> Callable[..., HttpResponse]:
        @login_not_required
        @functools.wraps(view)
        def inner(request: HttpRequest, token: str) -> HttpResponse:
            link = require_link(request, token, purpose)
            if not isinstance(link, AccessLink):
                return link
            errand = links.errand_of(link)
            if errand is None:
                return not_in_use(request)
            if request.method == "GET":
                record_read(by=errand.person, obj=errand.review, reference=errand.review.referral.reference)
            return guarded(view(request, errand))

        return inner

    return decorate


def _typed(request: HttpRequest) -> object:
    """What was posted, or what was typed before this browser's session ended."""
    held = take_held(request)
    if not held:
        return request.POST if request.method == "POST" else None
    restored = Restored(mutable=True)
    restored.update(held)
    return restored


def _page(request: HttpRequest, template: str, errand: Errand, **context: object) -> HttpResponse:
    contents = contents_of(errand.review)
    recommendation = next(row for row in contents.recommendations if row.pk == errand.recommendation.pk)
    paper = paper_of(contents, recommendation)
    context |= {"paper": paper, "errand": errand, "still": STILL, "review": errand.review}
    return render(request, f"rapid_reviews/{template}.html", context)


@by_link(links.DECISION)
def decide(request: HttpRequest, errand: Errand) -> HttpResponse:
    """One partner's decision; once made, what was decided."""
    partner = StatutoryRole(errand.seat.agency.statutory_role)
    taken = PartnerDecision.objects.filter(recommendation=errand.recommendation, partner=partner).first()
    form = DecisionForm(_typed(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def change() -> None:
            workflow.decide(
                review=errand.review, partner=partner, view=View(data["view"]), reasons=data["reasons"],
                amended_outcome=Outcome(data["amended_outcome"]) if data["view"] == View.AMEND else None,
                by_link=True, by=errand.person, now=timezone.now(),
            )  # fmt: skip

        if attempt(form, change):
            return redirect(request.path)
    return _page(request, "link_decision", errand, form=form, taken=taken)


@by_link(links.ANSWER)
def answer(request: HttpRequest, errand: Errand) -> HttpResponse:
    """One member's answer; once given, what was answered. The last answer ends nothing that this page still shows."""
    form = AnswerForm(_typed(request))
    if request.method == "POST" and form.is_valid():

        def change() -> None:
            workflow.answer_circulation(
                review=errand.review, answer=Answer(form.cleaned_data["answer"]), reasons=form.cleaned_data["reasons"],
                by_link=True, by=errand.person, now=timezone.now(),
            )  # fmt: skip

        if attempt(form, change):
            return redirect(request.path)
    is_over = errand.row.circulation.is_over(timezone.localdate())
    return _page(request, "link_answer", errand, form=form, row=errand.row, is_over=is_over)
