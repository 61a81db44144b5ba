from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from audit.models import Event
from audit.sentences import READ
from panel.permissions import Permission
from referrals import facts, permissions
from referrals.models import Referral
from referrals.states import CLOSED
from referrals.views.base import case_page

PER_PAGE = 30  # events on a page of the history


@case_page
def detail(request: HttpRequest, referral: Referral) -> HttpResponse:
    """All that is recorded about the case. Names by right."""
    today = timezone.localdate()
    names = permissions.can_see_names(request.user, referral, on=today)
    children = referral.children.order_by("pseudonym").prefetch_related("known_to__involved_agency__agency")
    context = {
        "referral": referral,
        "case_tab": "information",
        "names": names,
        "incident": facts.incident_rows(referral),
        "children": [
            (child, facts.child_rows(child, referral, names=names), facts.changed_since(child)) for child in children
        ],
        "people": facts.people_rows(referral, names=names),
        "referrer": facts.referrer_rows(referral),
        "may_correct": referral.status not in CLOSED
        and permissions.can(request.user, Permission.RECORD_CASE, referral, on=today),
        "dates": facts.date_rows(referral),
        "agencies": facts.agency_rows(referral.involved_agencies.select_related("agency"), referral),
        "may_manage_access": permissions.can(request.user, Permission.MANAGE_ACCESS, referral, on=today),
        "may_change_lead": permissions.can(request.user, Permission.SCREEN_CASE, referral, on=today),
    }
    return render(request, "referrals/detail.html", context)


@case_page
def history(request: HttpRequest, referral: Referral) -> HttpResponse:
    """What was done, newest first; with ?reads=1 also who read the case."""
    with_reads = request.GET.get("reads") == "1"
    events = Event.objects.about(referral.reference)
    page = Paginator(events if with_reads else events.exclude(verb=READ), PER_PAGE).get_page(request.GET.get("page"))
    context = {"referral": referral, "case_tab": "history", "page": page, "with_reads": with_reads}
    return render(request, "referrals/history.html", context)
