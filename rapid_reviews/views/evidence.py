"""Choosing the evidence of one criterion: search, tick, add; and taking it away. Works without scripts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from agency_returns.models import AgencyReturn
from chronology.filters import TimelineFilter
from chronology.models import Row
from chronology.names import STILL, People
from chronology.timeline import Cursor, page_of
from chronology.views.timeline import address
from core.errors import NotPermitted, WorkflowError
from documents.models import Document
from rapid_reviews import workflow
from rapid_reviews.choices import Criterion
from rapid_reviews.contents import contents_of
from rapid_reviews.evidence import choosable, shown_to
from rapid_reviews.forms import WordsForm
from rapid_reviews.models import Evidence
from rapid_reviews.views.base import Visit, visit
from rapid_reviews.views.criteria import VERB

PER_PAGE = 50
SOURCES: dict[str, tuple[str, type[Any], str]] = {  # in the address: (title, model, the field by which it is ticked)
    "chronology": ("Chronology", Row, "key"),
    "returns": ("Agency returns", AgencyReturn, "pk"),
    "documents": ("Documents", Document, "key"),
}


def _criterion(value: str) -> Criterion:
    if value not in Criterion.values:
        raise Http404
    return Criterion(value)


@visit(VERB)
def choose_evidence(here: Visit, criterion: str) -> HttpResponse:
    """What is linked already, and a list to search and tick."""
    about = _criterion(criterion)
    source = here.request.GET.get("source", "chronology")
    if source not in SOURCES:
        raise Http404
    if here.request.method == "POST":
        return _add(here, about, source)
    contents = contents_of(here.review)
    linked = shown_to(here.request.user, contents, on=here.today).get(about, [])
    there = {piece.row_id or piece.agency_return_id or piece.document_id for piece in contents.evidence.get(about, [])
             if _is_of(piece, source)}  # fmt: skip
    sources = [(name, title, name == source) for name, (title, _, _) in SOURCES.items()]
    context = {"criterion": about, "source": source, "sources": sources, "linked": linked, "there": there}
    return here.page("evidence", contents=contents, **context, **LISTS[source](here))


def _is_of(piece: Evidence, source: str) -> bool:
    field = {"chronology": piece.row_id, "returns": piece.agency_return_id, "documents": piece.document_id}
    return field[source] is not None


def _add(here: Visit, about: Criterion, source: str) -> HttpResponseRedirect:
    """Link what is ticked and come back to the same place of the list."""
    _, model, field = SOURCES[source]
    ticked = here.request.POST.getlist("evidence")[: 2 * PER_PAGE]
    back = reverse("rapid_reviews:evidence-choose", args=[here.reference, about.value])
    again = redirect(f"{back}?{here.request.GET.urlencode()}")
    if not ticked:
        messages.error(here.request, "Tick what is evidence, then choose “Add what is ticked”.")
        return again
    try:
        found = choosable(model, here.review.referral, here.request.user, on=here.today)
        things = list(found.filter(**{f"{field}__in": ticked}))
        links = workflow.link_evidence(
            review=here.review, criterion=about, things=things, by=here.request.user, now=here.now
        )
    except (ValidationError, ValueError) as error:
        raise Http404 from error
    labels = ", ".join(link.evidence.label for link in links)
    messages.success(here.request, f"Added: {labels}." if links else "What is ticked was linked already.")
    return again


def _rows(here: Visit) -> dict[str, Any]:
    referral = here.review.referral
    people = People(referral, with_names=False)
    asked = TimelineFilter(here.request.GET, referral=referral, people=people)
    rows = asked.rows(choosable(Row, referral, here.request.user, on=here.today))
    start, end = Cursor.read(here.request.GET.get("after", "")), Cursor.read(here.request.GET.get("before", ""))
    page = page_of(rows, people, start=start, end=end)
    found: dict[str, Any] = {"lines": page.lines, "filter": asked, "still": STILL}
    if page.previous:
        found["previous"] = address(here.request, before=page.previous)
    if page.next:
        found["next"] = address(here.request, after=page.next)
    return found


def _returns(here: Visit) -> dict[str, Any]:
    found = choosable(AgencyReturn, here.review.referral, here.request.user, on=here.today)
    return {"returns": found.select_related("request__agency").order_by("request__agency__name", "-version")}


def _documents(here: Visit) -> dict[str, Any]:
    form = WordsForm(here.request.GET)
    found = choosable(Document, here.review.referral, here.request.user, on=here.today)
    for word in form.words.split():
        number = Q(number=int(word)) if word.isascii() and word.isdigit() and len(word) < 9 else Q()
        found = found.filter(Q(description__icontains=word) | Q(kind__name__icontains=word) | number)
    page = Paginator(found.select_related("kind"), PER_PAGE).get_page(here.request.GET.get("page"))
    pages = [("previous", page.has_previous(), page.number - 1), ("next", page.has_next(), page.number + 1)]
    links = {name: address(here.request, page=number) for name, there, number in pages if there}
    return {"documents": page, "filter": form, **links}


LISTS: dict[str, Callable[[Visit], dict[str, Any]]] = {
    "chronology": _rows,
    "returns": _returns,
    "documents": _documents,
}


@require_POST
@visit(VERB)
def remove_evidence(here: Visit, criterion: str, number: int) -> HttpResponse:
    """Take one piece away from one criterion."""
    about = _criterion(criterion)
    evidence = get_object_or_404(Evidence, review=here.review, number=number)
    try:
        workflow.unlink_evidence(
            review=here.review, criterion=about, evidence=evidence, by=here.request.user, now=here.now
        )
    except NotPermitted:
        raise
    except WorkflowError as error:
        messages.error(here.request, str(error))
        return here.home()
    return here.done(f"{evidence.label} was taken away.", "evidence-choose", criterion=about.value)
