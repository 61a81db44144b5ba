"""Which steps of a clock's ladder have been reached, and on which day. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from deadlines.choices import Anchor, Direction
from deadlines.models.clocks import Clock
from deadlines.models.rules import LadderStep
from deadlines.working_days import WorkingCalendar

ORDER = {Anchor.AFTER_TRIGGER.value: 0, Anchor.BEFORE_DUE.value: 1, Anchor.LATE.value: 2}


@dataclass(frozen=True)
class Occurrence:
    """A step and the day on which it falls for one clock."""

    occurs_on: date
    step: LadderStep

    @property
    def order(self) -> tuple[date, int, int]:
        """Later on the ladder is greater; the exact step decides between two of the same day."""
        return self.occurs_on, ORDER[self.step.anchor], self.step.offset


def reached(clock: Clock, steps: Iterable[LadderStep], today: date, calendar: WorkingCalendar) -> Sequence[Occurrence]:
    """All occurrences up to and including `today`, earliest first. Waits are in working days, so a weekend or a
    holiday lengthens them and never shortens them. Raises CalendarDoesNotReach past the known years."""
    found = [Occurrence(day, step) for step in steps for day in _days(clock, step, today, calendar)]
    return sorted(found, key=lambda occurrence: occurrence.order)


def _days(clock: Clock, step: LadderStep, today: date, calendar: WorkingCalendar) -> Iterator[date]:
    if step.anchor == Anchor.AFTER_TRIGGER:
        yield from _after_trigger(clock, step, today, calendar)
    elif step.anchor == Anchor.BEFORE_DUE:
        day = calendar.back(clock.due_on, step.offset) if step.offset else clock.due_on
        starts_later = clock.direction == Direction.FORWARD and day <= clock.trigger_on < clock.due_on
        if day <= today and not starts_later:
            yield day
    else:
        yield from _late(clock, step, today, calendar)


def _after_trigger(clock: Clock, step: LadderStep, today: date, calendar: WorkingCalendar) -> Iterator[date]:
    if clock.direction == Direction.BACK or today <= clock.trigger_on:
        return
    if calendar.between(clock.trigger_on, today) >= step.offset:
        day = calendar.forward(clock.trigger_on, step.offset)
        if day < clock.due_on:  # from the due date on the other steps speak
            yield day


def _late(clock: Clock, step: LadderStep, today: date, calendar: WorkingCalendar) -> Iterator[date]:
    late = calendar.between(clock.due_on, today)
    for number in range(step.offset, late + 1, step.every or late + 1):
        yield calendar.forward(clock.due_on, number)
