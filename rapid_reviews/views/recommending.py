"""The recommendation: write, check, record; reopen."""

from django.contrib import messages
from django.http import HttpResponse

from core.errors import NotPermitted, WorkflowError
from rapid_reviews import permissions, readiness, workflow
from rapid_reviews.choices import Outcome
from rapid_reviews.contents import contents_of
from rapid_reviews.forms import RecommendationForm, ReopenForm
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.workflow.recommending import quorum_of


@visit("draft_recommendation")
def edit_recommendation(here: Visit) -> HttpResponse:
    draft = here.review.recommendations.drafts().prefetch_related("attendances").first()
    form = RecommendationForm(here.request.POST or None, draft=draft, referral=here.review.referral, on=here.today)
    if form.is_valid():
        data = form.cleaned_data | {"outcome": Outcome(form.cleaned_data["outcome"])}

        def change() -> None:
            workflow.draft_recommendation(review=here.review, by=here.request.user, now=here.now, **data)

        if attempt(form, change):
            return here.home("recommendation-check")
    return here.page("form", form=form, title="The Panel’s recommendation", intro="recommendation_intro")


@visit("draft_recommendation")
def check_recommendation(here: Visit) -> HttpResponse:
    """Check answers; POST records. Not yet possible: the page says why, each reason with its mend."""
    contents = contents_of(here.review)
    if contents.draft is None:
        return here.home("recommendation-edit")
    if here.request.method == "POST":
        try:
            workflow.record_recommendation(review=here.review, by=here.request.user, now=here.now)
            return here.done("The recommendation is recorded. The three Safeguarding Partners are asked to decide.")
        except NotPermitted:
            raise
        except WorkflowError as error:
            messages.error(here.request, str(error))
    return here.page(
        "check_recommendation",
        contents=contents,
        draft=contents.draft,
        quorum=quorum_of(contents.draft),
        blockers=readiness.before_recommending(contents),
        may_record=permissions.can_verb(here.request.user, here.review, "record_recommendation", on=here.today),
    )


@visit("reopen_recommendation")
def reopen_recommendation(here: Visit) -> HttpResponse:
    form = ReopenForm(here.request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: workflow.reopen_recommendation(
            review=here.review, by=here.request.user, now=here.now, reason=form.cleaned_data["reason"]
        ),
    ):
        return here.done("The recommendation is back with the Panel. The earlier one and its decisions are kept.")
    return here.page("form", form=form, title="Reopen the recommendation", intro="reopen_intro")
