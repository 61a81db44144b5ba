"""The report for wider circulation: counts only, the small ones suppressed. Pure, from the frozen dict.

Left out is whatever speaks of a single case or was written by hand: rows, sentences, commentary, what is asked, the
lists behind the figures, and the chart by month, whose columns are small by nature. What remains is suppressed in two
steps. First every number from 1 to 4. Then, until nothing changes, whatever would give such a number away: where a
total is printed, the numbers hidden below it must be at least two and make at least five together; if the shown ones
are not enough to hide behind, the total goes too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from highlight_reports.choices import SectionCode

SMALL = 5  # domain.md section 7: numbers under five are suppressed outside the Executive
MARK = "*"
BY_MONTH = SectionCode.ACTIVITY

# A figure that is part of another: (part, whole). Their difference is a number too, printed or not.
PARTS = (
    ("Rapid reviews sent in time", "Rapid reviews sent to the national Panel"),
    ("Rapid reviews late", "Rapid reviews under way"),
    ("Actions late", "Actions open"),
)


@dataclass
class Number:
    """One number; equal only to itself, so that it may stand in several sums."""

    value: int
    is_hidden: bool = False

    def __post_init__(self) -> None:
        self.is_hidden = 0 < self.value < SMALL

    @property
    def text(self) -> str:
        return MARK if self.is_hidden else str(self.value)


@dataclass
class Sum:
    """A total and the parts that make it."""

    total: Number
    parts: Sequence[Number]

    def hide_what_gives_away(self) -> bool:
        """Hide one more number if this sum would tell a hidden one; whether it did."""
        hidden = [part for part in self.parts if part.is_hidden]
        shown = sorted((part for part in self.parts if not part.is_hidden and part.value), key=lambda one: one.value)
        if self.total.is_hidden:
            gives_away = not hidden  # the parts make the total
        else:
            gives_away = bool(hidden) and (len(hidden) == 1 or sum(part.value for part in hidden) < SMALL)
        if gives_away:
            (shown[0] if shown else self.total).is_hidden = True
        return gives_away


@dataclass
class Numbers:
    """Every number of a report and the sums between them."""

    sums: list[Sum] = field(default_factory=list)

    def suppress(self) -> None:
        while sum(one.hide_what_gives_away() for one in self.sums):
            continue


def wider(data: dict[str, Any]) -> dict[str, Any]:
    """The same shape as `assemble` makes, with MARK for a suppressed number and None for its bar."""
    numbers = Numbers()
    figures = {
        (section["code"], figure["label"]): Number(figure["value"])
        for section in data["sections"]
        for figure in section["figures"]
    }
    _relate(figures, numbers)
    tables = {
        section["code"]: [_counted(table, numbers) for table in section["tables"] if table.get("counts")]
        for section in data["sections"]
    }
    _relate_to_totals(figures, tables, numbers)
    numbers.suppress()
    sections = [_section(section, figures, tables[section["code"]]) for section in data["sections"]]
    kept = [one for one in sections if one["figures"] or one["tables"] or one["chart"]]
    return data | {"variant": "wider", "trend": None, "replaces": None, "sections": kept}


def _relate(figures: dict[tuple[str, str], Number], numbers: Numbers) -> None:
    for part, whole in PARTS:
        one, other = figures.get((SectionCode.HEADLINE, part)), figures.get((SectionCode.HEADLINE, whole))
        if one and other:
            numbers.sums.append(Sum(other, [one, Number(other.value - one.value)]))


@dataclass
class Counted:
    """A table of numbers: its labels, and the numbers row by row, the last of each their sum where `has_total`."""

    table: dict[str, Any]
    rows: list[list[Number]]
    has_total: bool


def _counted(table: dict[str, Any], numbers: Numbers) -> Counted:
    rows = [[Number(int(cell)) for cell in row["cells"][1:]] for row in table["rows"]]
    if table["counts"] == "open":  # of meetings, not of children
        for number in (number for row in rows for number in row):
            number.is_hidden = False
    has_total = table["counts"] == "total"
    if has_total:
        numbers.sums += [Sum(row[-1], row[:-1]) for row in rows]
    return Counted(table, rows, has_total)


def _relate_to_totals(
    figures: dict[tuple[str, str], Number], tables: dict[str, list[Counted]], numbers: Numbers
) -> None:
    """The headline says how many actions are open; the agencies' totals make the same number."""
    whole = figures.get((SectionCode.HEADLINE, "Actions open"))
    for one in tables.get(SectionCode.ACTIONS, []):
        if whole is not None and one.has_total:
            numbers.sums.append(Sum(whole, [row[-1] for row in one.rows]))


def _section(
    section: dict[str, Any], figures: dict[tuple[str, str], Number], tables: Iterable[Counted]
) -> dict[str, Any]:
    tables = list(tables)
    return {
        "code": section["code"],
        "title": section["title"],
        "commentary": "",
        "paragraphs": [],
        "asks": [],
        "figures": [
            {"label": one["label"], "value": figures[section["code"], one["label"]].text, "before": None, "list": None}
            for one in section["figures"]
        ],
        "tables": [_printed(one) for one in tables],
        "chart": _chart(section, tables),
        "lists": {},
    }


def _printed(one: Counted) -> dict[str, Any]:
    rows = [
        {"case": "", "cells": [row["cells"][0], *(number.text for number in numbers)]}
        for row, numbers in zip(one.table["rows"], one.rows, strict=True)
    ]
    return one.table | {"caption": one.table["caption"].partition(" (")[0], "rows": rows}


def _chart(section: dict[str, Any], tables: Sequence[Counted]) -> dict[str, Any] | None:
    """With no bar for a suppressed number, nor for one that is hidden in the table of the same numbers."""
    chart = section["chart"]
    if chart is None or chart["by_case"] or section["code"] == BY_MONTH:
        return None
    drawn = [[Number(value or 0) for value in one["values"]] for one in chart["series"]]
    for one in tables:
        if [row["cells"][0] for row in one.table["rows"]] == chart["labels"]:
            drawn = [[row[number] for row in one.rows] for number in range(len(chart["series"]))]
    series = [
        {"name": one["name"], "values": [None if number.is_hidden else number.value for number in numbers]}
        for one, numbers in zip(chart["series"], drawn, strict=True)
    ]
    return chart | {"series": series}
