from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.errors import NotPermitted, WorkflowError
from deadlines import calendar
from referrals import facts, workflow
from referrals.likeness import suggestions
from referrals.models import Referral
from referrals.sections import task_list
from referrals.views.base import case_page, draft_page


@draft_page
def check(request: HttpRequest, draft: Referral) -> HttpResponse:
    """Check your answers; recording it makes the case."""
    error = ""
    if request.method == "POST":
        try:
            recorded = workflow.record_referral(draft=draft, by=request.user, now=timezone.now())
        except NotPermitted:
            raise
        except WorkflowError as problem:
            error = str(problem)
        else:
            return redirect("referrals:referral-recorded", recorded.reference)
    parts = task_list(draft, calendar.current())
    context = {"draft": draft, "error": error, "parts": parts[:-1], "may_record": not parts[-1].waits_for}
    context["back"] = reverse("referrals:draft-tasks", args=[draft.key])
    context["suggestions"] = suggestions(draft, request.user, on=timezone.localdate())
    return render(request, "referrals/check.html", context | _answers(draft))


def _answers(draft: Referral) -> dict[str, object]:
    children = draft.children.order_by("position").prefetch_related("known_to__involved_agency__agency")
    return {
        "incident": facts.incident_rows(draft),
        "children": [(child, facts.child_rows(child, draft, names=True)) for child in children],
        "people": facts.people_rows(draft, names=True),
        "referrer": facts.referrer_rows(draft),
        "dates": facts.date_rows(draft),
        "agencies": facts.agency_rows(draft.involved_agencies.select_related("agency"), draft),
    }


@case_page
def recorded(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The confirmation, with the reference and what happens next."""
    return render(request, "referrals/recorded.html", {"referral": referral})
