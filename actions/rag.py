"""Blue, green, amber, red by slippage (domain.md 5). Pure: the day is an argument.

Blue: complete, with evidence that somebody else has seen. Green: on target. Amber: up to one calendar month late, or at
risk. Red: more than one month late. Months are counted as statutory ones are: the same day-number, else the last day of
the month. What an agency has claimed as complete is measured by the day of the claim: the wait for somebody to look at
the evidence is not its delay.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, DateField, F, Func, Q, Value, When
from django.db.models.functions import Coalesce, Least

from actions.choices import ClosedBy, Rag
from actions.states import RUNNING, Status
from deadlines.choices import Direction, Unit
from deadlines.explain import due_on

if TYPE_CHECKING:
    from actions.models import Action, ActionQuerySet

TONES = {Rag.BLUE: "blue", Rag.GREEN: "green", Rag.AMBER: "yellow", Rag.RED: "red"}


@dataclass(frozen=True)
class Standing:
    """`rag` is None off the scale: proposed, cancelled, closed before it came here. `why` says it all."""

    rag: Rag | None
    why: str

    @property
    def label(self) -> str:
        return self.rag.label if self.rag else "None"

    @property
    def tone(self) -> str:
        return TONES[self.rag] if self.rag else "grey"


def a_month_after(day: date) -> date:
    return due_on(Direction.FORWARD, Unit.MONTHS, 1, day, None)


def by_slippage(action: "Action", on: date) -> Standing:
    """The colour that the dates give on the day `on`, whatever somebody has set instead."""
    if action.status == Status.CLOSED and action.closed_how == ClosedBy.EARLIER:
        return Standing(None, "Closed before it came into this log")
    if action.status in (Status.COMPLETE, Status.CLOSED):
        return Standing(Rag.BLUE, "Complete and evidenced")
    if action.status not in RUNNING or action.due_on is None:
        return Standing(None, Status(action.status).label)
    day = min(on, action.claimed_on or on)
    days = (day - action.due_on).days
    late = f"{days} day{'' if days == 1 else 's'} late"
    if day > a_month_after(action.due_on):
        return Standing(Rag.RED, f"{late}, more than a month")
    if days > 0:
        return Standing(Rag.AMBER, late)
    if action.at_risk_reason:
        return Standing(Rag.AMBER, "At risk")
    return Standing(Rag.GREEN, "Claimed in time" if action.claimed_on else "On target")


def standing(action: "Action", on: date) -> Standing:
    """What pages, exports and the report show: the override where there is one, while the action runs."""
    found = by_slippage(action, on)
    if not action.rag_override or action.status not in RUNNING:
        return found
    computed = f"; by its dates {found.label.lower()}" if found.rag != action.rag_override else ""
    return Standing(Rag(action.rag_override), f"Set by hand{computed}")


def annotated(actions: "ActionQuerySet", on: date) -> "ActionQuerySet":
    """Each action with `rag`, the same as `standing(…).rag`, for the database to filter and count: "" where none is."""
    day = Least(Value(on), Coalesce("claimed_on", Value(on)), output_field=DateField())
    month = Func(F("due_on"), template="(%(expressions)s + interval '1 month')::date", output_field=DateField())
    found = Case(
        When(Q(status__in=[Status.COMPLETE, Status.CLOSED]) & ~Q(closed_how=ClosedBy.EARLIER), then=Value(Rag.BLUE)),
        When(~Q(status__in=RUNNING) | Q(due_on__isnull=True), then=Value("")),
        When(~Q(rag_override=""), then=F("rag_override")),
        When(month_after__lt=F("judged_on"), then=Value(Rag.RED)),
        When(Q(due_on__lt=F("judged_on")) | ~Q(at_risk_reason=""), then=Value(Rag.AMBER)),
        default=Value(Rag.GREEN),
        output_field=CharField(),
    )
    return actions.annotate(judged_on=day, month_after=month).annotate(rag=found)
