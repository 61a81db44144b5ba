"""Saving one section. Two people in one section do not lose each other's text; every version can be brought back."""

from datetime import datetime, timedelta

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from rapid_reviews.choices import OF_EACH_CHILD, SectionKey
from rapid_reviews.models import RapidReview, Section
from rapid_reviews.outline import MAY_BE_UNKNOWN, title_of
from rapid_reviews.versions import events_of
from rapid_reviews.workflow.base import note, take, words
from rapid_reviews.workflow.looking import saw
from rapid_reviews.workflow.saving import put
from referrals.models import Child

QUIET = timedelta(minutes=10)  # the row history holds every save; the audit trail says once who was writing
RESTORED = ("text", "is_unknown", "unknown_reason")


@workflow
def save_section(
    *,
    review: RapidReview,
    key: SectionKey,
    child: Child | None = None,
    text: str,
    is_unknown: bool = False,
    unknown_reason: str = "",
    is_ready: bool = False,
    is_complete: bool = False,
    version: int,
    by: User,
    now: datetime,
) -> Section:
    """Save what was typed over `version`, the number that the page was given (0: nothing written yet).

    Raises SectionConflictError where another version stands by now; saving the same words twice is quiet.
    """
    review, _ = take(review, "edit_sections", by=by, now=now)
    written = _checked(review, key, child, text, is_unknown, unknown_reason, is_complete)
    written["is_ready"] = is_ready and not is_complete
    section = _section(review, key, child, by=by, now=now)
    goes_on = section.updated_by_id == by.pk and now - section.updated_at < QUIET and section.version > 0
    was = section.is_complete, section.is_ready
    if put(section, written, version=version, by=by, now=now):
        saw(review, key, child, by=by, version=section.version, now=now)
        if not goes_on or was != (section.is_complete, section.is_ready):
            note("section_saved", by=by, review=review, section=title_of(key, child), state=_state(section))
    return section


def _section(review: RapidReview, key: SectionKey, child: Child | None, *, by: User, now: datetime) -> Section:
    found: Section | None = review.sections.select_related("updated_by").filter(key=key, child=child).first()
    return found or Section(review=review, key=key, child=child, updated_by=by, updated_at=now)


def _state(section: Section) -> str:
    return "complete" if section.is_complete else "ready for review" if section.is_ready else "in progress"


@workflow
def restore_section(
    *,
    review: RapidReview,
    key: SectionKey,
    child: Child | None = None,
    number: int,
    version: int,
    by: User,
    now: datetime,
) -> Section:
    """Bring the text of the version `number` back as a new version, in progress. `version` as in save_section."""
    review, _ = take(review, "edit_sections", by=by, now=now)
    section = _section(review, key, child, by=by, now=now)
    earlier = events_of(section).filter(version=number).last() if section.pk else None
    if earlier is None:
        raise WorkflowError("There is no such version of this section.")
    facts = {name: getattr(earlier, name) for name in RESTORED} | {"is_complete": False, "is_ready": False}
    if put(section, facts, version=version, by=by, now=now):
        saw(review, key, child, by=by, version=section.version, now=now)
        note("section_restored", by=by, review=review, section=title_of(key, child), number=number)
    return section


def _checked(
    review: RapidReview,
    key: SectionKey,
    child: Child | None,
    text: str,
    is_unknown: bool,
    unknown_reason: str,
    is_complete: bool,
) -> dict[str, str | bool]:
    """What will be written; a sentence where it may not be."""
    if (key in OF_EACH_CHILD) != (child is not None):
        raise WorkflowError(
            "Immediate safeguarding and the voice are written for each child; the other sections are not."
        )
    if child is not None and child.referral_id != review.referral_id:
        raise WorkflowError("This child is not in this case.")
    if is_unknown:
        if key not in MAY_BE_UNKNOWN:
            raise WorkflowError("This section cannot be answered with “not known”.")
        unknown_reason = words(unknown_reason, "Say why it is not known.")
    if is_complete and not is_unknown:
        words(text, "A section with nothing in it cannot be complete.")
    return {
        "text": text.strip(),
        "is_unknown": is_unknown,
        "unknown_reason": unknown_reason if is_unknown else "",
        "is_complete": is_complete,
    }
