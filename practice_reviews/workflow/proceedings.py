"""Proceedings beside the review: recorded, carried over from the rapid review, changed, ended."""

from datetime import date, datetime
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from practice_reviews.choices import Effect
from practice_reviews.models import ParallelProceeding, PracticeReview
from practice_reviews.states import PROCEEDINGS, ProceedingStatus
from practice_reviews.workflow.beside import move, not_later, note, take, words
from rapid_reviews.choices import ProceedingKind
from rapid_reviews.models import Proceeding


def _facts(*, contact: str, standing: str, next_on: date | None, effect: str, effect_note: str) -> dict[str, Any]:
    effect = Effect(effect)
    effect_note = effect_note.strip()
    if effect != Effect.NONE and not effect_note:
        raise WorkflowError("Say what the effect on publication is: what waits for what, or what is left out.")
    return {
        "contact": words(contact, "Say who the contact is."),
        "standing": words(standing, "Say how far the proceedings are."),
        "next_on": next_on,
        "effect": effect,
        "effect_note": effect_note,
    }


@workflow
def record_proceeding(
    *, review: PracticeReview, kind: ProceedingKind, contact: str, standing: str, next_on: date | None = None,
    effect: Effect = Effect.NONE, effect_note: str = "", by: User, now: datetime,
) -> ParallelProceeding:  # fmt: skip
    """Add proceedings. The same twice is quiet."""
    review = take(review, by=by, now=now, also_after=True)
    facts = _facts(contact=contact, standing=standing, next_on=next_on, effect=effect, effect_note=effect_note)
    facts["kind"] = ProceedingKind(kind)
    there: ParallelProceeding | None = review.proceedings.running().filter(**facts).first()
    if there is not None:
        return there
    made: ParallelProceeding = ParallelProceeding.objects.create(
        review=review, recorded_by=by, recorded_at=now, **facts
    )
    note("proceeding_added", by=by, review=review, proceeding=str(made), effect=_effect(made))
    return made


def _effect(row: ParallelProceeding) -> str:
    return str(Effect(row.effect).label).lower()


def to_carry_over(review: PracticeReview) -> list[Proceeding]:
    """The proceedings that the case's rapid review lists and this review does not have yet."""
    rapid_review = getattr(review.referral, "rapid_review", None) if review.referral else None
    if rapid_review is None:
        return []
    taken = review.proceedings.filter(carried_from__isnull=False).values("carried_from")
    return list(rapid_review.proceedings.filter(removed_at__isnull=True).exclude(pk__in=taken))


@workflow
def carry_over(*, review: PracticeReview, by: User, now: datetime) -> list[ParallelProceeding]:
    """Take over every line of the rapid review that is not here yet; returns those that were taken.

    Where the rapid review wrote of an effect, publication waits until somebody has looked: the safe side.
    """
    review = take(review, by=by, now=now, also_after=True)
    made = []
    for line in to_carry_over(review):
        row: ParallelProceeding = ParallelProceeding.objects.create(
            review=review, kind=line.kind, carried_from=line, contact=line.contact, standing=line.state,
            next_on=line.next_on, effect=Effect.WAIT if line.effect else Effect.NONE, effect_note=line.effect,
            recorded_by=by, recorded_at=now,
        )  # fmt: skip
        note("proceeding_carried", by=by, review=review, proceeding=str(row), effect=_effect(row))
        made.append(row)
    return made


def _take(proceeding: ParallelProceeding, *, by: User, now: datetime) -> ParallelProceeding:
    review = take(proceeding.review, by=by, now=now, also_after=True)
    row: ParallelProceeding = ParallelProceeding.objects.select_for_update(of=("self",)).get(pk=proceeding.pk)
    row.review = review
    return row


@workflow
def change_proceeding(
    *, proceeding: ParallelProceeding, contact: str, standing: str, next_on: date | None = None,
    effect: Effect = Effect.NONE, effect_note: str = "", by: User, now: datetime,
) -> ParallelProceeding:  # fmt: skip
    """Say how far they are now. The row history has what it was."""
    row = _take(proceeding, by=by, now=now)
    facts = _facts(contact=contact, standing=standing, next_on=next_on, effect=effect, effect_note=effect_note)
    move(row, PROCEEDINGS, "change", **facts)
    note("proceeding_changed", by=by, review=row.review, proceeding=str(row), effect=_effect(row))
    return row


@workflow
def end_proceeding(
    *, proceeding: ParallelProceeding, ended_on: date, outcome: str, by: User, now: datetime
) -> ParallelProceeding:
    """They are over: from now on they hold nothing back. Ended already: quiet."""
    row = _take(proceeding, by=by, now=now)
    if row.status == ProceedingStatus.ENDED:
        return row
    not_later(ended_on, now, "Proceedings cannot have ended on a day that has not come yet.")
    outcome = words(outcome, "Say how the proceedings ended.")
    move(row, PROCEEDINGS, "end", ended_on=ended_on, outcome=outcome, next_on=None)
    note("proceeding_ended", by=by, review=row.review, proceeding=str(row))
    return row


@workflow
def reopen_proceeding(
    *, proceeding: ParallelProceeding, standing: str, next_on: date | None = None, by: User, now: datetime
) -> ParallelProceeding:
    """They go on after all, an appeal for example."""
    row = _take(proceeding, by=by, now=now)
    standing = words(standing, "Say why they go on and how far they are.")
    move(row, PROCEEDINGS, "reopen", ended_on=None, outcome="", standing=standing, next_on=next_on)
    note("proceeding_reopened", by=by, review=row.review, proceeding=str(row))
    return row
