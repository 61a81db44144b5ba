from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from deadlines.choices import Limit
from deadlines.models import Clock
from panel.permissions import Permission, can
from referrals import routes
from referrals.filters import CaseFilter
from referrals.models import Referral

PER_PAGE = 25


@dataclass(frozen=True)
class Line:
    """One case of the list, with the running clock that is due next."""

    referral: Referral
    clock: Clock | None
    is_overdue: bool


def lines(cases: Sequence[Referral], *, today: date) -> list[Line]:
    """One query for the clocks of all the cases on the page."""
    clocks = (
        Clock.objects.running()
        .main()
        .filter(label__in=[case.reference for case in cases], limit=Limit.BY)
        .select_related("rule")
        .order_by("label", "due_on", "pk")
    )
    next_due = {label: next(group) for label, group in groupby(clocks, key=lambda clock: clock.label)}
    found = ((case, next_due.get(case.reference)) for case in cases)
    return [Line(case, clock, clock is not None and clock.is_overdue_on(today)) for case, clock in found]


def case_list(request: HttpRequest) -> HttpResponse:
    """The cases that this person may see, filtered and paged, and their drafts."""
    today = timezone.localdate()
    visible = Referral.objects.visible_to(request.user, on=today)
    filtered = CaseFilter(request.GET, today=today, visible=visible.recorded())
    cases = filtered.qs.select_related("lead").annotate(number_of_children=Count("children", distinct=True))
    page = Paginator(cases.order_by("-recorded_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines(list(page.object_list), today=today),
        "filter": filtered,
        "is_filtered": any(request.GET.get(name) for name in filtered.filters),
        "drafts": visible.drafts().select_related("created_by").order_by("-created_at"),
        "today": today,
        "routes": routes.counts(request.user, today=today) if can(request.user, Permission.CONFIGURE, on=today) else [],
    }
    return render(request, "referrals/list.html", context)
