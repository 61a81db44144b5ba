"""Events with practitioners: planned, changed, held, cancelled."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, User
from practice_reviews.choices import EventKind
from practice_reviews.models import EventAgency, PracticeReview, PractitionerEvent
from practice_reviews.states import EVENTS, EventStatus
from practice_reviews.workflow.beside import move, not_later, note, take, words

Counts = Mapping[Agency, int]


@workflow
def plan_event(
    *, review: PracticeReview, kind: EventKind, planned_on: date, place: str = "", invited: Counts | None = None,
    by: User, now: datetime,
) -> PractitionerEvent:  # fmt: skip
    """Plan an event; `invited`: how many practitioners of each agency. The same on the same day again is quiet."""
    review = take(review, by=by, now=now)
    there: PractitionerEvent | None = review.practitioner_events.filter(
        kind=kind, planned_on=planned_on, place=place.strip(), status=EventStatus.PLANNED
    ).first()
    if there is not None:
        return there
    event: PractitionerEvent = PractitionerEvent.objects.create(
        review=review, kind=EventKind(kind), planned_on=planned_on, place=place.strip(), added_by=by, added_at=now
    )
    _count(event, invited or {}, "invited")
    note("event_planned", by=by, review=review, day=f"{planned_on:%-d %B %Y}")
    return event


def _take(event: PractitionerEvent, *, by: User, now: datetime) -> PractitionerEvent:
    review = take(event.review, by=by, now=now)
    row: PractitionerEvent = PractitionerEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    row.review = review
    return row


def _count(event: PractitionerEvent, counts: Counts, field: str) -> None:
    """Write one of the two counts of each agency. One without a number keeps the other count."""
    there = {row.agency_id: row for row in event.agencies.select_for_update()}
    for agency, number in counts.items():
        if number < 0:
            raise WorkflowError("A number of people cannot be below nought.")
        row = there.get(agency.pk) or EventAgency(event=event, agency=agency)
        setattr(row, field, number)
        row.save()


@workflow
def change_event(
    *, event: PractitionerEvent, kind: EventKind, planned_on: date, place: str = "", invited: Counts | None = None,
    by: User, now: datetime,
) -> PractitionerEvent:  # fmt: skip
    """Another day, place or number of people, while it is planned."""
    event = _take(event, by=by, now=now)
    move(event, EVENTS, "change", kind=EventKind(kind), planned_on=planned_on, place=place.strip())
    _count(event, invited or {}, "invited")
    note("event_changed", by=by, review=event.review, day=f"{planned_on:%-d %B %Y}")
    return event


@workflow
def hold_event(
    *, event: PractitionerEvent, held_on: date, attended: Counts | None = None, notes: str = "", learning: str = "",
    by: User, now: datetime,
) -> PractitionerEvent:  # fmt: skip
    """Record that the event was held, who came and what was learned; once held, put that right."""
    event = _take(event, by=by, now=now)
    not_later(held_on, now, "An event cannot have been held on a day that has not come yet.")
    learning = words(learning, "Say what was learned, or “Nothing new”.")
    facts: dict[str, Any] = {"held_on": held_on, "notes": notes.strip(), "learning": learning}
    is_held = event.status == EventStatus.HELD
    move(event, EVENTS, "correct" if is_held else "hold", **facts)
    _count(event, attended or {}, "attended")
    note("event_corrected" if is_held else "event_held", by=by, review=event.review, day=f"{held_on:%-d %B %Y}")
    return event


@workflow
def cancel_event(*, event: PractitionerEvent, reason: str, by: User, now: datetime) -> PractitionerEvent:
    """It does not take place. Cancelled already: quiet."""
    event = _take(event, by=by, now=now)
    reason = words(reason, "Say why the event is cancelled.")
    if event.status == EventStatus.CANCELLED:
        return event
    move(event, EVENTS, "cancel", cancelled_reason=reason)
    note("event_cancelled", by=by, review=event.review, day=f"{event.planned_on:%-d %B %Y}")
    return event


@workflow
def plan_event_again(*, event: PractitionerEvent, planned_on: date, by: User, now: datetime) -> PractitionerEvent:
    """A cancelled event takes place after all, on another day."""
    event = _take(event, by=by, now=now)
    move(event, EVENTS, "plan_again", planned_on=planned_on, cancelled_reason="")
    note("event_planned", by=by, review=event.review, day=f"{planned_on:%-d %B %Y}")
    return event
