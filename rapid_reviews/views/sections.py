"""Editing one section, page or autosave; two people in it see both texts put together."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format

from rapid_reviews import permissions, workflow
from rapid_reviews.contents import Contents
from rapid_reviews.forms import SectionForm
from rapid_reviews.models import Section
from rapid_reviews.outline import Part
from rapid_reviews.states import TABLE
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.views.clashing import overtaken
from rapid_reviews.views.section_page import part_or_404, section_page
from rapid_reviews.views.typed import keeps

AUTOSAVE = "autosave"
TEXTS = ("text", "unknown_reason")


@visit()
@keeps
def edit_section(here: Visit, slug: str) -> HttpResponse:
    """Read the section, or write it if the table allows."""
    contents, part = part_or_404(here, slug)
    may_edit = permissions.can_verb(here.request.user, here.review, "edit_sections", on=here.today)
    if here.request.method != "POST":
        form = SectionForm(here.request.POST or None, part=part) if may_edit else None
        return section_page(here, contents, part, form)
    permissions.check_person(here.request.user, here.review, "edit_sections", on=here.today)
    if TABLE.find(here.review.status, "edit_sections") is None:
        return _closed(here, contents, part)
    if here.request.headers.get("X-Requested-With") == AUTOSAVE:
        return _autosave(here, part)
    return _save(here, contents, part)


def _closed(here: Visit, contents: Contents, part: Part) -> HttpResponse:
    """The review was closed meanwhile: what was typed is shown, to be copied."""
    return section_page(here, contents, part, None, typed=here.request.POST.get("text", ""))


def _write(here: Visit, part: Part, form: SectionForm) -> Section:
    return workflow.save_section(
        review=here.review, key=part.key, child=part.child, by=here.request.user, now=here.now, **form.written
    )


def _save(here: Visit, contents: Contents, part: Part) -> HttpResponse:
    form = SectionForm(here.request.POST, part=part)
    if form.is_valid():
        try:
            if attempt(form, lambda: _write(here, part, form)):
                return here.done(f"“{part.title}” is saved.")
        except workflow.ConflictError as conflict:
            long = [name for name in TEXTS if name in form.fields]
            mine = {name: form.written[name] for name in long}
            clash, data = overtaken(form, conflict, mine=mine, long=long)
            return here.page("merge", slug=part.slug, title=part.title, clash=clash, form=SectionForm(data, part=part))
    return section_page(here, contents, part, form)


def _autosave(here: Visit, part: Part) -> JsonResponse:
    """Save what is typed so far. 409: somebody else's version stands, and the page says so when it is saved."""
    form = SectionForm(here.request.POST, part=part)
    if not form.is_valid():
        return JsonResponse({"status": "Not saved yet: the page has something to put right."}, status=422)
    saved: list[Section] = []
    try:
        if not attempt(form, lambda: saved.append(_write(here, part, form))):
            return JsonResponse({"status": form.non_field_errors()[0]}, status=422)
    except workflow.ConflictError as conflict:
        return JsonResponse({"status": f"{conflict} Choose Save to see both texts."}, status=409)
    at = date_format(timezone.localtime(here.now), "H:i")
    answer: dict[str, Any] = {"version": saved[0].version, "status": f"Saved at {at}."}
    return JsonResponse(answer)
