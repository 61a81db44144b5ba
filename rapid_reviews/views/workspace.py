"""One page per rapid review: which day, whose move, what is missing, and every part of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from audit.workflow import record_read
from panel.permissions import Permission
from rapid_reviews import readiness
from rapid_reviews.contents import Contents, contents_of
from rapid_reviews.milestones import line
from rapid_reviews.models import RapidReview
from rapid_reviews.permissions import partner_seats, verbs_for
from rapid_reviews.views.base import Visit, visit
from rapid_reviews.workflow.opening import why_not
from referrals.models import Referral
from referrals.permissions import can


def workspace(request: HttpRequest, reference: str) -> HttpResponse:
    """The workspace, or the page that says why there is none yet."""
    referral = get_object_or_404(Referral.objects.visible_to(request.user).recorded(), reference=reference)
    if RapidReview.objects.filter(referral=referral).exists():
        return _workspace(request, reference=reference)
    today = timezone.localdate()
    record_read(by=request.user, obj=referral, reference=reference)
    context = {
        "referral": referral,
        "case_tab": "rapid-review",
        "may_open": can(request.user, Permission.OPEN_RAPID_REVIEW, referral, on=today),
        "why_not": why_not(referral),
    }
    return render(request, "rapid_reviews/not_opened.html", context)


def _blockers(here: Visit, contents: Contents) -> list[readiness.Blocker]:
    if not here.review.is_open:
        return []
    return readiness.before_sending(contents, reader=here.request.user, on=here.today)


@visit()
def _workspace(here: Visit) -> HttpResponse:
    contents = contents_of(here.review)
    verbs = verbs_for(here.request.user, here.review, on=here.today)
    return here.page(
        "workspace",
        contents=contents,
        verbs=verbs,
        milestones=line(here.review.clock, contents.milestones, on=here.today),
        blockers=_blockers(here, contents),
        seats=partner_seats(here.request.user, on=here.today),
    )
