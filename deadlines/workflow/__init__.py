"""Every change of a clock, of the calendar and of a rule. Who may ask for it, the case apps check."""

from deadlines.workflow.clocks import (
    complete_clock,
    correct_trigger,
    explain_lateness,
    start_clock,
    start_milestones,
    withdraw_clock,
)
from deadlines.workflow.holidays import add_year, load_holidays, proclaim_holiday, remove_holiday
from deadlines.workflow.recount import recompute_clocks
from deadlines.workflow.rules import save_rule

__all__ = [
    "add_year",
    "complete_clock",
    "correct_trigger",
    "explain_lateness",
    "load_holidays",
    "proclaim_holiday",
    "recompute_clocks",
    "remove_holiday",
    "save_rule",
    "start_clock",
    "start_milestones",
    "withdraw_clock",
]
