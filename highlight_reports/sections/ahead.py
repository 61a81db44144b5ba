"""What may go wrong and what comes next, both read from the running clocks."""

from collections import Counter

from dateutil.relativedelta import relativedelta

from deadlines.choices import Limit
from deadlines.models import Clock
from highlight_reports.facts import PLAN_DAYS, SOON_WORKING_DAYS, Facts
from highlight_reports.sections.parts import Part, Row, count, day_cell, in_time, part, say, table


def risks(facts: Facts) -> Part:
    """Time limits that are late or close, and reviews that are behind their own milestones."""
    behind = Counter(c.parent_id for c in facts.clocks if c.is_milestone and c.is_overdue_on(facts.as_at))
    limits = [clock for clock in facts.clocks if clock.limit == Limit.BY and not clock.is_milestone]
    rows = [_risk(clock, behind[clock.pk], facts) for clock in limits if _is_close(clock, facts) or behind[clock.pk]]
    if not rows:
        return part("No time limit is late or close, and no rapid review is behind its milestones.")
    return part(
        f"{count(len(rows), 'time limit')} {'needs' if len(rows) == 1 else 'need'} attention.",
        tables=[table("Time limits that are late, close or behind", ["Case", "What", "Due", "Why it is a risk"], rows)],
    )


def _is_close(clock: Clock, facts: Facts) -> bool:
    return clock.is_overdue_on(facts.as_at) or facts.calendar.between(facts.as_at, clock.due_on) <= SOON_WORKING_DAYS


def _risk(clock: Clock, milestones_behind: int, facts: Facts) -> Row:
    why = []
    if clock.is_overdue_on(facts.as_at):
        why.append(in_time(clock, facts))
    elif _is_close(clock, facts):
        left = facts.calendar.between(facts.as_at, clock.due_on)
        why.append(f"Due in {count(left, 'working day')}." if left else "Due today.")
    if milestones_behind:
        why.append(f"{count(milestones_behind, 'milestone')} behind.")
    case = _case(clock, facts)
    return case, [case, clock.rule.title, day_cell(clock.due_on), " ".join(why)]


def forward_plan(facts: Facts) -> Part:
    """What falls due in the next 60 days, milestones left out."""
    horizon = facts.as_at + relativedelta(days=PLAN_DAYS)
    rows = [
        (_case(clock, facts), [day_cell(clock.due_on), clock.rule.title, _case(clock, facts), _kind(clock)])
        for clock in facts.clocks
        if not clock.is_milestone and facts.as_at <= clock.due_on <= horizon
    ]
    if not rows:
        return part(f"Nothing falls due up to {say(horizon)}.")
    return part(
        f"{count(len(rows), 'date')} up to {say(horizon)}.",
        tables=[table("What falls due next", ["Date", "What", "Case", "Kind of date"], rows)],
    )


def _kind(clock: Clock) -> str:
    return {Limit.BY: "Limit", Limit.EXPECTED: "Expected", Limit.UNTIL: "End"}[Limit(clock.limit)]


def _case(clock: Clock, facts: Facts) -> str:
    """The reference of the clock's case; "" for a clock of no case, whatever stands in its label."""
    return clock.label if clock.label in facts.references else ""
