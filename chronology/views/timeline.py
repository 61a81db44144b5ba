"""Reading: the merged timeline and its picture."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chronology import permissions
from chronology.filters import TimelineFilter
from chronology.models import Row, Timeline
from chronology.names import STILL, People
from chronology.picture import picture_of
from chronology.timeline import Cursor, page_of
from referrals.models import Referral
from referrals.permissions import can_see_names
from referrals.views.base import case_page


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
def picture(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The same rows as swim lanes, with their table."""
    people, may_switch = people_for(request, referral)
    asked = TimelineFilter(request.GET, referral=referral, people=people)
    rows = asked.rows(Row.objects.visible_to(request.user).filter(referral=referral).merged())
    chart = picture_of(rows, f"Rows of each agency in {referral.reference}")
    context = beside(request, referral, people, may_switch) | {"chart": chart, "filter": asked}
    return render(request, "chronology/picture.html", context)
