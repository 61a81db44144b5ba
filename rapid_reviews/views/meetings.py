"""A meeting of the Panel in time for this review: planned beside the ordinary ones, or the next one moved."""

from django.contrib import messages
from django.http import HttpResponse

from panel.permissions import Permission
from rapid_reviews import workflow
from rapid_reviews.forms import MoveForForm, PlanForForm
from rapid_reviews.models import RapidReview
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.views.typed import keeps
from rapid_reviews.windows import Window, window_of
from referrals import permissions as cases

NOT_AWAITED = "No meeting is awaited for this rapid review, or there is no working day left before its date."


def window_for(here: Visit) -> Window | None:
    """Whether the Panel meets in time for the review of this visit; nothing once it has recommended."""
    review: RapidReview = here.review
    milestones = list(review.clock.milestone_clocks.select_related("rule"))
    return window_of(review, milestones, on=here.today)


def _may(here: Visit) -> None:
    cases.check(here.request.user, Permission.PLAN_MEETINGS, here.review.referral, on=here.today)


@visit()
@keeps
def plan_for(here: Visit) -> HttpResponse:
    _may(here)
    window = window_for(here)
    if window is None or not window.days:
        messages.error(here.request, NOT_AWAITED)
        return here.home()
    form = PlanForForm(here.request.POST or None, days=window.days)
    if form.is_valid():

        def change() -> None:
            workflow.plan_for(review=here.review, **form.cleaned_data, by=here.request.user, now=here.now)

        if attempt(form, change):
            return here.done("The extraordinary meeting is planned. The members are told by mail.")
    title = "Plan an extraordinary meeting"
    return here.page("form", form=form, title=title, intro="meeting_intro", window=window)


@visit()
@keeps
def move_for(here: Visit) -> HttpResponse:
    _may(here)
    window = window_for(here)
    if window is None or not window.days or window.following is None:
        messages.error(here.request, NOT_AWAITED if window is None else "No later meeting is planned to be moved.")
        return here.home()
    form = MoveForForm(here.request.POST or None, days=window.days, meeting=window.following)
    if form.is_valid():

        def change() -> None:
            workflow.move_for(
                review=here.review, meeting=window.following, **form.cleaned_data, by=here.request.user, now=here.now
            )

        if attempt(form, change):
            return here.done("The meeting is moved. The members are told by mail.")
    return here.page("form", form=form, title="Move the next meeting", intro="meeting_intro", window=window)
