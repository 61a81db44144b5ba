"""The line of milestones on the workspace: one mark for each, told apart by shape and words (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deadlines.models import Clock

DONE, DONE_LATE, OVERDUE, NEXT, AHEAD, STOPPED = "done", "done-late", "overdue", "next", "ahead", "stopped"


@dataclass(frozen=True)
class Mark:
    """One milestone: `shape` is a CSS class, `state` says the same in words."""

    clock: Clock
    shape: str
    state: str


def line(milestones: Sequence[Clock], *, on: date) -> list[Mark]:
    """The marks in order; the first one neither done nor overdue is next."""
    following = next((c.pk for c in milestones if c.is_running and c.due_on >= on), None)
    return [_mark(clock, on, is_next=clock.pk == following) for clock in milestones]


def _mark(clock: Clock, on: date, *, is_next: bool) -> Mark:
    if clock.withdrawn_on is not None:
        return Mark(clock, STOPPED, "Stopped")
    if clock.completed_on is not None:
        return Mark(clock, DONE_LATE, "Done late") if clock.was_late else Mark(clock, DONE, "Done")
    if clock.is_overdue_on(on):
        return Mark(clock, OVERDUE, "Overdue")
    return Mark(clock, NEXT, "Next") if is_next else Mark(clock, AHEAD, "To come")
