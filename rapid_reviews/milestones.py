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
    is_marked_by_hand: bool  # the last one is done by sending the review


def line(main: Clock, milestones: Sequence[Clock], *, on: date) -> list[Mark]:
    """The marks in order; the first one neither done nor overdue is next. `main` is the statutory clock."""
    following = next((c.pk for c in milestones if c.is_running and c.due_on >= on), None)
    return [
        Mark(clock, *_shape(clock, on, is_next=clock.pk == following), clock.is_running and clock.due_on != main.due_on)
        for clock in milestones
    ]


def _shape(clock: Clock, on: date, *, is_next: bool) -> tuple[str, str]:
    if clock.withdrawn_on is not None:
        return STOPPED, "Stopped"
    if clock.completed_on is not None:
        return (DONE_LATE, "Done late") if clock.was_late else (DONE, "Done")
    if clock.is_overdue_on(on):
        return OVERDUE, "Overdue"
    return (NEXT, "Next") if is_next else (AHEAD, "To come")


def in_short(marks: Sequence[Mark]) -> str:
    """ "4 of 9 are done, 1 is overdue." """
    done = sum(mark.shape in (DONE, DONE_LATE) for mark in marks)
    overdue = sum(mark.shape == OVERDUE for mark in marks)
    late = f", {overdue} {'is' if overdue == 1 else 'are'} overdue" if overdue else ""
    return f"{done} of {len(marks)} {'is' if done == 1 else 'are'} done{late}."
