"""The plan counted back from its day: dates, what does not fit, what a move would change. Reads the rules, else pure.

Working Together 2018 and 2023 (WT): the full report goes to the national Panel and the Secretary of State at least
seven working days before publication, and stays publicly available for at least a year. Other steps are local practice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.formats import date_format

from core.errors import WorkflowError
from deadlines.explain import clear_days_warning, due_on
from deadlines.models import Rule
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar
from publications.choices import COPIES
from publications.models import PlanStep

COPY_RULE = "lcspr-copy"
AVAILABLE_RULE = "lcspr-available"


class Counted(Protocol):
    """A template or a step: what its day is counted from."""

    days: int
    rule_code: str


@dataclass(frozen=True)
class Line:
    """One step as it would stand with the plan on another day; `problem` is a sentence where it no longer fits."""

    step: PlanStep
    was: date
    due: date
    problem: str = ""
    warning: str = ""

    @property
    def moves(self) -> bool:
        return self.was != self.due


def rules_on(planned_on: date) -> Mapping[str, Rule]:
    """The limits that plans count with, in the editions in force on the day of publication. Two queries."""
    return {code: Rule.objects.for_trigger(code, planned_on) for code in (COPY_RULE, AVAILABLE_RULE)}


def day_of(step: Counted, planned_on: date, calendar: WorkingCalendar, rules: Mapping[str, Rule]) -> date:
    """The date of a step. Raises CalendarDoesNotReach, WorkflowError for a rule that is not known or counts nothing."""
    if step.rule_code:
        rule = rules.get(step.rule_code) or Rule.objects.for_trigger(step.rule_code, planned_on)
        if rule.length is None:
            raise WorkflowError(f"{rule.title} has no number of days, so a plan cannot be counted with it.")
        return due_on(rule.direction, rule.unit, rule.length, planned_on, calendar)
    if step.days < 0:
        return calendar.back(planned_on, -step.days)
    return calendar.forward(planned_on, step.days) if step.days else planned_on


def lines(steps: Iterable[PlanStep], planned_on: date, calendar: WorkingCalendar, *, today: date) -> list[Line]:
    """Every step as it would stand with publication on `planned_on`, earliest first."""
    rules = rules_on(planned_on)
    found = []
    for step in steps:
        due = day_of(step, planned_on, calendar, rules)
        found.append(
            Line(step, step.due_on, due, _problem(step, due, today), _warning(step, due, planned_on, calendar, rules))
        )
    return sorted(found, key=lambda line: (line.due, line.step.position, line.step.pk))


def _problem(step: PlanStep, due: date, today: date) -> str:
    if step.kind in COPIES and step.done_on and step.done_on > due:
        return f"The copy was sent on {spoken(step.done_on)}; for this day it had to be sent by {spoken(due)}."
    if step.is_open and due < today:
        return f"This had to be done by {spoken(due)}, and that day has passed."
    return ""


def _warning(step: PlanStep, due: date, planned_on: date, calendar: WorkingCalendar, rules: Mapping[str, Rule]) -> str:
    """WT says at least seven working days before; a cautious reader leaves seven *clear* ones."""
    rule = rules[COPY_RULE]
    if step.kind not in COPIES or not rule.warns_clear_days or step.not_needed_reason or not rule.length:
        return ""
    return clear_days_warning(step.done_on or due, planned_on, rule.length, calendar)


def why_no_day(day: date, calendar: WorkingCalendar) -> str:
    """Why nobody should publish on `day` ("Saturday", "Easter Monday"); empty for a working day."""
    try:
        return calendar.why_not(day)
    except CalendarDoesNotReach:
        return ""


def earliest_after_copy(sent_on: date, calendar: WorkingCalendar, rule: Rule) -> date:
    """The first day on which publishing leaves the copy its working days: the nth one after it was sent."""
    return calendar.forward(sent_on, rule.length or 1)


def is_settled_by_copies(steps: Iterable[PlanStep]) -> bool:
    """Whether both copies have gone out."""
    copies = [step for step in steps if step.kind in COPIES]
    return bool(copies) and all(step.done_on for step in copies)


def last_copy(steps: Iterable[PlanStep]) -> date | None:
    return max((step.done_on for step in steps if step.kind in COPIES and step.done_on), default=None)


def spoken(day: date) -> str:
    return date_format(day, "l j F Y")
