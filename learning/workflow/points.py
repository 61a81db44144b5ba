"""Recording what was learned, putting it right, agreeing it, setting it aside."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from learning import permissions
from learning.choices import Source
from learning.models import LearningPoint, OtherReview, PointAgency, PointTheme, PracticeArea
from learning.states import PointStatus
from learning.workflow.base import by_pseudonym, local_day, lock, move, next_reference, note, set_links, take_for, words
from learning.workflow.base import write as put
from panel import permissions as panel
from panel.models import Agency, User
from panel.permissions import Permission
from practice_reviews.models import PracticeReview
from rapid_reviews.models import RapidReview, Theme
from referrals import permissions as cases
from referrals.models import Referral
from referrals.workflow.base import is_new


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Exactly one source, as `source` says which."""

    source: Source
    rapid_review: RapidReview | None = None
    practice_review: PracticeReview | None = None
    other_review: OtherReview | None = None
    audit: str = ""

    @property
    def referral(self) -> Referral | None:
        """The case behind the source, whose walls the point follows."""
        if self.rapid_review:
            return self.rapid_review.referral
        return self.practice_review.referral if self.practice_review else None


@dataclass(frozen=True, kw_only=True)
class PointFacts:
    text: str
    learned_on: date
    practice_area: PracticeArea | None = None
    themes: Sequence[Theme] = field(default=())
    agencies: Sequence[Agency] = field(default=())


def check_origin(origin: Origin) -> None:
    """WorkflowError, with a sentence, unless exactly the source that is named is given."""
    given = {
        Source.RAPID_REVIEW: origin.rapid_review,
        Source.PRACTICE_REVIEW: origin.practice_review,
        Source.OTHER_REVIEW: origin.other_review,
        Source.AUDIT: origin.audit.strip() or None,
    }
    if [source for source, value in given.items() if value is not None] != [origin.source]:
        raise WorkflowError("Say exactly which review or audit this was learned from.")


def _check_facts(facts: PointFacts, there: Sequence[Theme], today: date) -> None:
    words(facts.text, "Enter what was learned.")
    if facts.learned_on > today:
        raise WorkflowError("The day on which it was learned cannot lie in the future.")
    retired = [theme for theme in facts.themes if not theme.is_active and theme not in there]
    if retired:
        raise WorkflowError(f"“{retired[0]}” is no longer in use. Choose another theme.")


@workflow
def record_point(*, origin: Origin, facts: PointFacts, by: User, now: datetime) -> LearningPoint:
    """A new learning point, proposed. Names that its case holds are replaced by pseudonyms as it is saved."""
    today = local_day(now)
    panel.check(by, Permission.EDIT_LEARNING, on=today)
    check_origin(origin)
    referral = origin.referral
    if referral is not None:
        cases.check(by, Permission.EDIT_LEARNING, referral, on=today)
    _check_facts(facts, [], today)
    point = LearningPoint(
        reference=next_reference("LP", today.year), source=origin.source, rapid_review=origin.rapid_review,
        practice_review=origin.practice_review, other_review=origin.other_review, audit=origin.audit.strip(),
        referral=referral, text=by_pseudonym(facts.text.strip(), [referral] if referral else []),
        practice_area=facts.practice_area, learned_on=facts.learned_on, recorded_by=by, recorded_at=now,
    )  # fmt: skip
    point.save()
    _set_links(point, facts)
    _note("point_recorded", point, by=by, source=point.get_source_display().lower())
    return point


def _set_links(point: LearningPoint, facts: PointFacts) -> None:
    set_links(PointTheme, {"point": point}, "theme", facts.themes)
    set_links(PointAgency, {"point": point}, "agency", facts.agencies)


def _note(verb: str, point: LearningPoint, *, by: User, **details: Any) -> None:
    note(verb, by=by, obj=point, reference=point.case_reference, about=point.reference, **details)


def facts_of(point: LearningPoint) -> dict[str, object]:
    """What stands now, for the fingerprint that keeps two windows apart."""
    return {
        "text": point.text, "learned_on": point.learned_on, "practice_area": point.practice_area,
        "themes": list(point.themes.all()), "agencies": list(point.agencies.all()),
    }  # fmt: skip


@workflow
def change_point(
    *, point: LearningPoint, facts: PointFacts, by: User, now: datetime, seen: str | None = None
) -> LearningPoint:
    """Put its words, themes or agencies right. ChangedMeanwhileError where another window saved something else."""
    point = lock(point)
    permissions.check_change_point(by, point, on=local_day(now))
    _check_facts(facts, list(point.themes.all()), local_day(now))
    text = by_pseudonym(facts.text.strip(), [point.referral] if point.referral else [])
    wanted = {
        "text": text, "learned_on": facts.learned_on, "practice_area": facts.practice_area,
        "themes": list(facts.themes), "agencies": list(facts.agencies),
    }  # fmt: skip
    if not is_new(facts_of(point), wanted, seen):
        return point
    put(point, text=text, learned_on=facts.learned_on, practice_area=facts.practice_area)
    _set_links(point, facts)
    _note("point_changed", point, by=by)
    return point


@workflow
def agree_point(*, point: LearningPoint, by: User, now: datetime) -> LearningPoint:
    """It counts in charts as learning of the partnership and may become a key message. Agreed already: quiet."""
    point = take_for(point, "agree", by=by, now=now)
    if point.status == PointStatus.AGREED:
        return point
    move(point, "agree", agreed_by=by, agreed_on=local_day(now))
    _note("point_agreed", point, by=by)
    return point


@workflow
def set_aside_point(*, point: LearningPoint, reason: str, by: User, now: datetime) -> LearningPoint:
    """Kept with its reason, counted nowhere. Set aside already: quiet."""
    point = take_for(point, "set_aside", by=by, now=now)
    if point.status == PointStatus.SET_ASIDE:
        return point
    reason = words(reason, "Say why it is set aside.")
    move(point, "set_aside", set_aside_by=by, set_aside_on=local_day(now), set_aside_reason=reason)
    _note("point_set_aside", point, by=by)
    return point


@workflow
def take_up_point(*, point: LearningPoint, by: User, now: datetime) -> LearningPoint:
    """Proposed again. Proposed already: quiet."""
    point = take_for(point, "take_up", by=by, now=now)
    if point.status == PointStatus.PROPOSED:
        return point
    cleared = {"set_aside_by": None, "set_aside_on": None, "set_aside_reason": ""}
    move(point, "take_up", agreed_by=None, agreed_on=None, **cleared)
    _note("point_taken_up", point, by=by)
    return point
