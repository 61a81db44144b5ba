"""Saving one section. Two people in one section do not lose each other's text."""

from datetime import datetime, timedelta

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from rapid_reviews.choices import SectionKey
from rapid_reviews.models import RapidReview, Section
from rapid_reviews.outline import MAY_BE_UNKNOWN
from rapid_reviews.workflow.base import note, take, words
from referrals.models import Child

QUIET = timedelta(minutes=10)  # the row history holds every save; the audit trail says once who was writing


class SectionConflictError(WorkflowError):
    """Somebody saved this section after the page was opened. `saved` is what stands now."""

    def __init__(self, saved: Section) -> None:
        super().__init__(f"{saved.updated_by} saved this section while you were writing.")
        self.saved = saved


@workflow
def save_section(
    *,
    review: RapidReview,
    key: SectionKey,
    child: Child | None = None,
    text: str,
    is_unknown: bool = False,
    unknown_reason: str = "",
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
    section = review.sections.select_related("updated_by").filter(key=key, child=child).first()
    section = section or Section(review=review, key=key, child=child, updated_by=by, updated_at=now)
    if section.version and all(getattr(section, name) == value for name, value in written.items()):
        return section
    if version != section.version:
        raise SectionConflictError(section)
    goes_on = section.updated_by_id == by.pk and now - section.updated_at < QUIET and section.version > 0
    is_news = not goes_on or section.is_complete != is_complete
    for name, value in written.items():
        setattr(section, name, value)
    section.version, section.updated_by, section.updated_at = version + 1, by, now
    section.save()
    if is_news:
        title = f"{key.label} of {child.pseudonym}" if child else key.label
        note("section_saved", by=by, review=review, section=title, state="complete" if is_complete else "in progress")
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
    if (key == SectionKey.SAFEGUARDING) != (child is not None):
        raise WorkflowError("Immediate safeguarding is written for each child; the other sections are not.")
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
