"""Counting running clocks again, in one transaction, keeping what their dates were and why they moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.guard import workflow
from deadlines import calendar as stored
from deadlines import followers, owners
from deadlines.explain import due_on
from deadlines.models import Clock, ClockRevision
from deadlines.working_days import WorkingCalendar

COUNTED = ["rule_id", "direction", "unit", "length", "limit", "trigger_on", "due_on", "stricter_due_on"]


By = Any  # a user, or None for the system; the user model is not known on this floor


@dataclass(frozen=True)
class Move:
    """A clock with its new dates set but not saved, and the dates that it had."""

    clock: Clock
    old_trigger_on: date
    old_due_on: date


@workflow
def recompute_clocks(
    *, reason: str, by: By, now: datetime, cause: str = ClockRevision.Cause.HOLIDAY
) -> list[ClockRevision]:
    """Count all running clocks again with their rules and the calendar as they now stand; finished ones are not read.

    Returns a revision for each date that moved. Their owners are told in the same transaction; plans that follow the
    calendar are counted again with them (followers.py).
    """
    stored.change()
    calendar = stored.current()
    running = Clock.objects.running().order_by("pk").select_for_update(of=["self"]).select_related("rule")
    moves = [found for clock in running if (found := move(clock, clock.trigger_on, calendar))]
    revisions = revise(moves, cause=cause, reason=reason, by=by, now=now)
    followers.follow(calendar, reason=reason, by=by, now=now)
    return revisions


def move(clock: Clock, trigger_on: date, calendar: WorkingCalendar) -> Move | None:
    """Set the clock's dates from its rule and `trigger_on`; None where nothing about it changes."""
    before = [getattr(clock, name) for name in COUNTED]
    old = Move(clock, clock.trigger_on, clock.due_on)
    rule = clock.rule
    clock.direction, clock.unit, clock.limit = rule.direction, rule.unit, rule.limit
    clock.length = rule.length or clock.length
    clock.trigger_on = trigger_on
    clock.due_on = due_on(clock.direction, clock.unit, clock.length, trigger_on, calendar)
    if clock.stricter_trigger_on is not None:
        clock.stricter_due_on = due_on(clock.direction, clock.unit, clock.length, clock.stricter_trigger_on, calendar)
    return old if before != [getattr(clock, name) for name in COUNTED] else None


def revise(moves: Sequence[Move], *, cause: str, reason: str, by: By, now: datetime) -> list[ClockRevision]:
    """Save moved clocks, keep a revision for each whose date or trigger changed, and tell their owners."""
    if not moves:
        return []
    Clock.objects.bulk_update([each.clock for each in moves], ["rule", *COUNTED[1:]], batch_size=500)
    revisions = ClockRevision.objects.bulk_create(
        [
            ClockRevision(
                clock=each.clock, cause=cause, reason=reason, at=now, by=by,
                old_trigger_on=each.old_trigger_on, new_trigger_on=each.clock.trigger_on,
                old_due_on=each.old_due_on, new_due_on=each.clock.due_on,
            )
            for each in moves
            if (each.old_trigger_on, each.old_due_on) != (each.clock.trigger_on, each.clock.due_on)
        ]
    )  # fmt: skip
    tell(revisions, now=now)
    return revisions


def tell(revisions: Sequence[ClockRevision], *, now: datetime) -> int:
    """Have the owners tell their people; mark what was told. Returns how many were."""
    told = owners.tell_moved(revisions, now=now)
    for revision in told:
        revision.told_at = now
    ClockRevision.objects.filter(pk__in=[revision.pk for revision in told]).update(told_at=now)
    return len(told)
