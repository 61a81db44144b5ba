"""Every change of a publication. One function each; views, tasks, demo and shell call these and nothing else."""

from publications.workflow.agreeing import PublicText, Strategy, agree, keep_report, save_strategy, save_text
from publications.workflow.day import add_item, change_item, remove_item, tick_item
from publications.workflow.links import ask_check, due_addresses, end_the_year, record_answer
from publications.workflow.planning import check_day, follow_calendar, move_date, plan_publication
from publications.workflow.publishing import (
    NotReadyError,
    plan_again,
    publish,
    record_comment,
    record_told,
    take_down,
    withhold,
)
from publications.workflow.steps import add_step, complete_step, reopen_step, skip_step

__all__ = [
    "NotReadyError",
    "PublicText",
    "Strategy",
    "add_item",
    "add_step",
    "agree",
    "ask_check",
    "change_item",
    "check_day",
    "complete_step",
    "due_addresses",
    "end_the_year",
    "follow_calendar",
    "keep_report",
    "move_date",
    "plan_again",
    "plan_publication",
    "publish",
    "record_answer",
    "record_comment",
    "record_told",
    "remove_item",
    "reopen_step",
    "save_strategy",
    "save_text",
    "skip_step",
    "take_down",
    "tick_item",
    "withhold",
]
