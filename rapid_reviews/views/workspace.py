"""One page per rapid review: which day, whose move, what is missing, and every part of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from audit.workflow import record_read
from panel.permissions import Permission
from rapid_reviews import readiness
from rapid_reviews.contents import Contents, contents_of
from rapid_reviews.milestones import in_short, line
from rapid_reviews.models import RapidReview
from rapid_reviews.news import news_of
from rapid_reviews.permissions import can_person, partner_seats, verbs_for
from rapid_reviews.views.base import Visit, visit
from rapid_reviews.windows import window_of
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
    user = here.request.user
    verbs = verbs_for(user, here.review, on=here.today)
    discusses = can_person(user, here.review, "comment", on=here.today)
    marks = line(here.review.clock, contents.milestones, on=here.today)
    return here.page(
        "workspace",
        contents=contents,
        verbs=verbs,
        news=news_of(contents, user, with_comments=discusses),
        milestones=marks,
        in_short=in_short(marks) if here.review.is_open else "",
        blockers=_blockers(here, contents),
        window=window_of(here.review, contents.milestones, on=here.today),
        may_plan=can(user, Permission.PLAN_MEETINGS, here.review.referral, on=here.today),
        seats=partner_seats(user, on=here.today),
    )
