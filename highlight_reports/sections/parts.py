"""Building blocks of a section, and how dates, numbers and time limits are said."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from deadlines.models import Clock
from highlight_reports.facts import Facts

Part = dict[str, Any]
Row = tuple[str, Sequence[str]]

NAME_IN_REASON = "The recorded reason names somebody; it is in the case."
NO_REASON = "No reason recorded yet."
NO_BREAK = "\u00a0"


def part(
    *paragraphs: str,
    tables: Iterable[Part] = (),
    chart: Part | None = None,
    figures: Iterable[Part] = (),
    lists: Mapping[str, Part] | None = None,
) -> Part:
    """A section without its title: empty tables, and lists behind nothing, are left out."""
    return {
        "paragraphs": list(paragraphs),
        "figures": list(figures),
        "tables": [table for table in tables if table["rows"]],
        "chart": chart,
        "lists": {key: found for key, found in (lists or {}).items() if found["rows"]},
    }


def figure(label: str, behind: Part, key: str) -> Part:
    """A number that is the length of the list `behind` it, which stands under `key` in the section's lists."""
    return {"label": label, "value": len(behind["rows"]), "before": None, "list": key}


def table(caption: str, columns: Sequence[str], rows: Iterable[Row], *, counts: str = "") -> Part:
    """`counts` says what the cells but the first are: "plain" numbers of cases, the last the "total" of the others, or
    "open" ones, which nobody needs to suppress.
    """
    made = {
        "caption": caption,
        "columns": list(columns),
        "rows": [{"case": case, "cells": list(cells)} for case, cells in rows],
    }
    return made | {"counts": counts} if counts else made


def cell_key(row: int, column: int) -> str:
    """Under which key the list behind a number of a count table stands; column 0 is the first number."""
    return f"cell-{row}-{column}"


def bar_key(series: int, label: int) -> str:
    """The same for a bar of a chart."""
    return f"bar-{series}-{label}"


def case_row(reference: str, *cells: str) -> Row:
    """A row about one case, whose reference is its first cell."""
    return reference, [reference, *cells]


def count(number: int, singular: str, plural: str = "") -> str:
    """ "1 case", "2 cases"."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def say(day: date | None) -> str:
    """ "3 December 2026", as a date of Europe/London."""
    return date_format(day, "j F Y") if day else ""


def cell(text: str) -> str:
    """A short text that stays on one line of a narrow column."""
    return text.replace(" ", NO_BREAK)


def day_cell(day: date | datetime | None) -> str:
    """A date for a table; an instant is the day that it was in London."""
    return cell(say(timezone.localdate(day) if isinstance(day, datetime) else day))


def in_time(clock: Clock, facts: Facts) -> str:
    """ "Met", "On time so far", or by how much late and why."""
    if clock.was_late or clock.is_overdue_on(facts.as_at):
        days = clock.days_late_on(clock.completed_on or facts.as_at, facts.calendar)
        return f"Late by {count(days, 'working day')}. {_reason(clock, facts)}"
    return "On time so far" if clock.is_running else "Met"


def _reason(clock: Clock, facts: Facts) -> str:
    """Why a clock is late, as it was recorded, unless that names somebody."""
    if not clock.late_reason:
        return NO_REASON
    return NAME_IN_REASON if facts.names.are_in(clock.late_reason) else clock.late_reason
