"""What is kept as rows: analysed episodes, shared learning, parallel proceedings."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chronology.models import Row
from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from rapid_reviews.choices import ProceedingKind
from rapid_reviews.models import EpisodeAnalysis, Proceeding, RapidReview, SharedLearning
from rapid_reviews.models.structured import Listed
from rapid_reviews.workflow.base import local_day, note, take, words
from rapid_reviews.workflow.saving import put

QUESTIONS = ("happened", "expected", "why", "teaches")


@workflow
def analyse_episode(
    *, review: RapidReview, row: Row, answers: Mapping[str, str], version: int, by: User, now: datetime
) -> EpisodeAnalysis:
    """Save the answers to QUESTIONS for a row of the chronology that is, or was, a key practice episode."""
    review, _ = take(review, "edit_sections", by=by, now=now)
    if row.referral_id != review.referral_id:
        raise WorkflowError("This row is in the chronology of another case.")
    found = review.episode_analyses.select_related("updated_by").filter(row=row).first()
    if found is None and not Row.objects.merged().filter(pk=row.pk, is_key_episode=True).exists():
        raise WorkflowError("This row is not marked as a key practice episode. Mark it in the chronology first.")
    analysis = found or EpisodeAnalysis(review=review, row=row, updated_by=by, updated_at=now)
    facts = {name: answers.get(name, "").strip() for name in QUESTIONS}
    if put(analysis, facts, version=version, by=by, now=now):
        note("episode_analysed", by=by, review=review, episode=str(row))
    return analysis


@workflow
def save_learning(
    *,
    review: RapidReview,
    uuid: UUID,
    message: str,
    audience: str,
    channel: str,
    by_whom: str,
    due_on: date,
    shared_on: date | None = None,
    version: int,
    by: User,
    now: datetime,
) -> SharedLearning:
    """Add a piece of immediate learning, or change it. `uuid` is minted by the page, so that two clicks add one."""
    facts = {
        "message": words(message, "Say what was learned."),
        "audience": words(audience, "Say who needs to know."),
        "channel": words(channel, "Say how it is shared."),
        "by_whom": words(by_whom, "Say who shares it."),
        "due_on": due_on,
        "shared_on": shared_on,
    }
    if shared_on is not None and shared_on > local_day(now):
        raise WorkflowError("It cannot have been shared on a day that has not come yet.")
    return _save(SharedLearning, review, uuid, facts, version=version, by=by, now=now)


@workflow
def save_proceeding(
    *,
    review: RapidReview,
    uuid: UUID,
    kind: ProceedingKind,
    contact: str,
    state: str,
    next_on: date | None = None,
    effect: str = "",
    version: int,
    by: User,
    now: datetime,
) -> Proceeding:
    """Add parallel proceedings, or change what is known of them."""
    facts = {
        "kind": kind,
        "contact": words(contact, "Say who the contact is."),
        "state": words(state, "Say how far the proceedings are."),
        "next_on": next_on,
        "effect": effect.strip(),
    }
    return _save(Proceeding, review, uuid, facts, version=version, by=by, now=now)


def _save(
    model: type[Any],
    review: RapidReview,
    uuid: UUID,
    facts: Mapping[str, Any],
    *,
    version: int,
    by: User,
    now: datetime,
) -> Any:
    review, _ = take(review, "edit_sections", by=by, now=now)
    line = model.objects.select_related("updated_by").filter(uuid=uuid).first()
    if line is not None and (line.review_id != review.pk or line.removed_at is not None):
        raise WorkflowError("This line was taken out meanwhile. Go back and add it anew if it is needed.")
    line = line or model(review=review, uuid=uuid, updated_by=by, updated_at=now)
    if put(line, facts, version=version, by=by, now=now):
        note("line_saved", by=by, review=review, table=_name(line))
    return line


@workflow
def remove_line(*, line: Listed, by: User, now: datetime) -> None:
    """Take a line out of its table. It is kept; taken out already: quiet."""
    review, _ = take(line.review, "edit_sections", by=by, now=now)
    row = type(line).objects.select_for_update().get(pk=line.pk)
    if row.removed_at is None:
        row.removed_by, row.removed_at = by, now
        row.save(update_fields=["removed_by", "removed_at"])
        note("line_removed", by=by, review=review, table=_name(row))


def _name(line: Listed) -> str:
    return "immediate learning" if isinstance(line, SharedLearning) else "parallel proceedings"
