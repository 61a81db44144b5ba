"""Earlier versions of a section: who saved them and when, what changed, and bringing one back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from core.errors import NotPermitted, WorkflowError
from rapid_reviews import permissions, workflow
from rapid_reviews.merging import changes
from rapid_reviews.versions import Version, sittings, versions_of
from rapid_reviews.views.base import Visit, visit
from rapid_reviews.views.section_page import part_or_404, people_of


@require_GET
@visit()
def versions(here: Visit, slug: str) -> HttpResponse:
    """The list; with ?from= and ?to=, the difference between two of them."""
    _, part = part_or_404(here, slug)
    found = versions_of(part.section) if part.section else []
    by_number = {str(version.number): version for version in found}
    asked = here.request.GET
    old, new = by_number.get(asked.get("from", "")), by_number.get(asked.get("to", ""))
    return here.page(
        "versions",
        part=part,
        total=len(found),
        every=asked.get("every") == "1",
        versions=found if asked.get("every") == "1" else sittings(found),
        old=old,
        new=new,
        pieces=_difference(here, old, new),
        may_restore=permissions.can_verb(here.request.user, here.review, "edit_sections", on=here.today),
    )


def _difference(here: Visit, old: Version | None, new: Version | None) -> object:
    if old is None or new is None:
        return None
    people = people_of(here)
    return changes(people.text(old.text), people.text(new.text))


@require_POST
@visit("edit_sections")
def restore(here: Visit, slug: str) -> HttpResponse:
    """Bring a version back, over the version that the page showed as the last one."""
    _, part = part_or_404(here, slug)
    try:
        number, version = int(here.request.POST["number"]), int(here.request.POST["version"])
    except (KeyError, ValueError) as error:
        raise Http404 from error
    try:
        workflow.restore_section(
            review=here.review, key=part.key, child=part.child, number=number, version=version,
            by=here.request.user, now=here.now,
        )  # fmt: skip
    except NotPermitted:
        raise
    except workflow.ConflictError as conflict:
        messages.error(here.request, f"{conflict} Nothing was brought back. Read what stands now first.")
        return here.home("section-versions", slug=slug)
    except WorkflowError as error:
        messages.error(here.request, str(error))
        return here.home("section-versions", slug=slug)
    return here.done(f"Version {number} is back, as a new version in progress.", "section-edit", slug=slug)
