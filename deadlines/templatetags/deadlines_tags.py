"""{% due_date clock %}: a date that explains itself. {% clock_day clock %}: where its clock stands, in words.

The calendar and the rules are read once per request (or per rendering without one), however many clocks there are.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from deadlines import calendar as stored
from deadlines.explain import Deadline
from deadlines.models import Clock, Rule
from deadlines.standing import standing
from deadlines.trail import trail_of
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar

register = template.Library()
SHELF = "_deadlines_shelf"


class Shelf:
    """What explaining needs, fetched at first use."""

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return stored.current()

    @cached_property
    def rules(self) -> dict[int, Rule]:
        return Rule.objects.in_bulk()

    def rule_of(self, clock: Clock) -> Rule:
        loaded = clock._state.fields_cache.get("rule")
        return loaded if loaded is not None else self.rules[clock.rule_id]

    def trail(self, clock: Clock) -> Deadline | None:
        """The explained date; None where the calendar was cut short after the clock was counted."""
        if clock.explanation is not None:
            return Deadline.from_json(clock.explanation)
        try:
            return trail_of(clock, self.rule_of(clock), self.calendar)
        except CalendarDoesNotReach:
            return None


def _shelf(context: Context) -> Shelf:
    keeper: Any = context.get("request")
    if keeper is None:
        shelf: Shelf = context.dicts[0].setdefault(SHELF, Shelf())
        return shelf
    if not hasattr(keeper, SHELF):
        setattr(keeper, SHELF, Shelf())
    found: Shelf = getattr(keeper, SHELF)
    return found


@dataclass(frozen=True)
class Finished:
    """How a clock ended, for the explanation."""

    word: str
    on: date


@register.inclusion_tag("deadlines/includes/due_date.html", takes_context=True)
def due_date(context: Context, clock: Clock) -> dict[str, Any]:
    """The due date as a <details> that opens "how this date was reached"."""
    finished = None
    if clock.completed_on is not None:
        finished = Finished("Completed", clock.completed_on)
    elif clock.withdrawn_on is not None:
        finished = Finished("Withdrawn", clock.withdrawn_on)
    return {"clock": clock, "deadline": _shelf(context).trail(clock), "finished": finished}


@register.simple_tag(takes_context=True)
def clock_day(context: Context, clock: Clock) -> SafeString:
    """A tag with "day 9 of 15", "due today", "3 working days late" …; its colour only repeats the words."""
    today = context.get("today")
    on = today if isinstance(today, date) and not isinstance(today, datetime) else timezone.localdate()
    now = standing(clock, on, _shelf(context).calendar)
    return format_html('<strong class="govuk-tag govuk-tag--{} app-clock-day">{}</strong>', now.tone, now.text)
