"""Opening, the small steps, milestones, withdrawing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.errors import NotPermitted, WorkflowError
from rapid_reviews import workflow
from rapid_reviews.forms import MilestoneForm, WithdrawForm
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.views.typed import keeps
from referrals.models import Referral

STEPS = {
    "start_gathering": (workflow.start_gathering, "Information is being gathered."),
    "start_drafting": (workflow.start_drafting, "Analysis and drafting have begun."),
}


@require_POST
def open_review(request: HttpRequest, reference: str) -> HttpResponse:
    referral = get_object_or_404(Referral.objects.visible_to(request.user).recorded(), reference=reference)
    try:
        workflow.open_for(referral=referral, by=request.user, now=timezone.now())
        messages.success(request, "The rapid review is open and its clock is running.")
    except NotPermitted:
        raise
    except WorkflowError as error:
        messages.error(request, str(error))
    return redirect("rapid_reviews:review-workspace", reference=reference)


@require_POST
@visit()
def step(here: Visit) -> HttpResponse:
    """One of STEPS, named by the button."""
    if here.request.POST.get("verb") not in STEPS:
        raise Http404
    change, message = STEPS[here.request.POST["verb"]]
    try:
        change(review=here.review, by=here.request.user, now=here.now)
    except NotPermitted:
        raise
    except WorkflowError as error:
        messages.error(here.request, str(error))
        return here.home()
    return here.done(message)


@visit("complete_milestones")
def complete_milestone(here: Visit, code: str) -> HttpResponse:
    milestone = get_object_or_404(here.review.clock.milestone_clocks.select_related("rule").running(), code=code)
    form = MilestoneForm(here.request.POST or None, initial={"done_on": here.today})
    if form.is_valid() and attempt(
        form,
        lambda: workflow.complete_milestone(
            review=here.review, milestone=milestone, on=form.cleaned_data["done_on"], by=here.request.user, now=here.now
        ),
    ):
        return here.done(f"“{milestone.rule.title}” is done.")
    return here.page("form", form=form, title=milestone.rule.title, intro="milestone_intro", milestone=milestone)


@visit("withdraw")
@keeps
def withdraw(here: Visit) -> HttpResponse:
    form = WithdrawForm(here.request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: workflow.withdraw(
            review=here.review, reason=form.cleaned_data["reason"], by=here.request.user, now=here.now
        ),
    ):
        return here.done("The rapid review is withdrawn. Its clock has ended and is counted apart.")
    return here.page("form", form=form, title="Withdraw the rapid review", intro="withdraw_intro")
