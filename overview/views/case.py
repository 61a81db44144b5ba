from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from audit.workflow import record_read
from overview.case_page import CasePage
from referrals.models import Referral


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case on one screen; not found for those who may not see it. Each view is kept as a read."""
    now = timezone.now()
    visible = Referral.objects.visible_to(request.user).recorded()
    clocks = ("notify_clock__rule", "inform_clock__rule", "looked_after_clock__rule")
    review = ("rapid_review__clock__rule", "rapid_review__reply_clock__rule")
    referral = get_object_or_404(visible.select_related("lead", *clocks, *review), reference=reference)
    page = CasePage(referral=referral, user=request.user, today=timezone.localdate(now), now=now)
    response = render(request, "overview/case.html", {"page": page, "referral": referral, "case_tab": "case"})
    record_read(by=request.user, obj=referral, reference=referral.reference)
    return response
