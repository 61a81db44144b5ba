"""Reading: the merged timeline, its findings, its picture."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chronology import permissions
from chronology.choices import FindingKind
from chronology.filters import TimelineFilter
from chronology.models import Finding, Row, Timeline
from chronology.names import STILL, People
from chronology.picture import picture_of
from chronology.timeline import Cursor, page_of
from referrals.models import Referral
from referrals.permissions import can_see_names
from referrals.views.base import case_page

FINDINGS_PER_PAGE = 50


def people_for(request: HttpRequest, referral: Referral) -> tuple[People, bool]:
    """The people of the case as this page names them, and whether the person may switch."""
    may = can_see_names(request.user, referral, on=timezone.localdate())  # type: ignore[arg-type]
    return People(referral, with_names=may and request.GET.get("names") == "1"), may


def address(request: HttpRequest, **changes: Any) -> str:
    """The query of this address with some parts changed or (None) taken out, and the place in the list left out."""
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


def beside(request: HttpRequest, referral: Referral, people: People, may_switch: bool) -> dict[str, Any]:
    """What each of these pages has at its head."""
    return {
        "referral": referral,
        "case_tab": "chronology",
        "people": people,
        "may_switch": may_switch,
        "switch": address(request, names=None if people.with_names else "1"),
        "query": address(request),
        "timeline": Timeline.objects.filter(referral=referral).first() or Timeline(referral=referral),
        "may_edit": permissions.can_edit(request.user, referral, on=timezone.localdate()),  # type: ignore[arg-type]
        "still": STILL,
    }


@require_GET
@case_page
def timeline(request: HttpRequest, referral: Referral) -> HttpResponse:
    """All agencies' rows, filtered, a page at a time."""
    people, may_switch = people_for(request, referral)
    asked = TimelineFilter(request.GET, referral=referral, people=people)
    rows = asked.rows(Row.objects.visible_to(request.user).filter(referral=referral).merged())
    start, end = Cursor.read(request.GET.get("after", "")), Cursor.read(request.GET.get("before", ""))
    page = page_of(rows, people, start=start, end=end, agency=asked.agency_pk)
    context = beside(request, referral, people, may_switch) | {"page": page, "filter": asked}
    if page.previous:
        context["previous"] = address(request, before=page.previous)
    if page.next:
        context["next"] = address(request, after=page.next)
    return render(request, "chronology/timeline.html", context)


@require_GET
@case_page
def findings(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Gaps, likely duplicates and contradictions, in order of time."""
    people, may_switch = people_for(request, referral)
    kind = request.GET.get("kind", "")
    found = Finding.objects.visible_to(request.user).filter(referral=referral)
    kinds = {
        "duplicates": Q(kind=FindingKind.DUPLICATE),
        "contradictions": Q(kind__in=[FindingKind.SEEN, FindingKind.DATES]),
        "agency-gaps": Q(kind=FindingKind.GAP, agency__isnull=False),
    }
    found = found.filter(kinds.get(kind, Q(kind=FindingKind.GAP, agency__isnull=True)))
    child = request.GET.get("child", "")
    if child.isdigit() and len(child) < 18:
        found = found.filter(child=int(child))
    start = _offset(request)
    some = list(found.select_related("row", "other")[start : start + FINDINGS_PER_PAGE + 1])
    for one in some:
        one.why = people.computed(one.why)
    context = beside(request, referral, people, may_switch) | {"kind": kind if kind in kinds else "gaps"}
    context |= {"findings": some[:FINDINGS_PER_PAGE], "start": start, "children": _children(people, child)}
    if len(some) > FINDINGS_PER_PAGE:
        context["next"] = address(request, start=start + FINDINGS_PER_PAGE)
    return render(request, "chronology/findings.html", context)


def _children(people: People, chosen: str) -> list[dict[str, Any]]:
    return [{"pk": one.pk, "name": people.child(one), "chosen": str(one.pk) == chosen} for one in people.children]


def _offset(request: HttpRequest) -> int:
    start = request.GET.get("start", "")
    return int(start) if start.isdigit() and len(start) < 7 else 0


@require_GET
@case_page
def picture(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The same rows as swim lanes, with their table."""
    people, may_switch = people_for(request, referral)
    asked = TimelineFilter(request.GET, referral=referral, people=people)
    rows = asked.rows(Row.objects.visible_to(request.user).filter(referral=referral).merged())
    chart = picture_of(rows, f"Rows of each agency in {referral.reference}")
    context = beside(request, referral, people, may_switch) | {"chart": chart, "filter": asked}
    return render(request, "chronology/picture.html", context)
