"""Wider circulation: no number under five, and none that can be reckoned from the others. Pure: no database."""

from itertools import product

import pytest

from highlight_reports.render import figures_csv
from highlight_reports.wider import MARK, Number, Numbers, Sum, wider

CASE = "CSPR-2026-001"


def table(*rows, counts="total"):
    return {
        "caption": "Open actions by agency and colour (complete and evidenced, blue: 2)",
        "columns": ["Agency", "Green", "Amber", "Red", "All open"],
        "counts": counts,
        "rows": [{"case": "", "cells": [name, *map(str, (*cells, sum(cells)))]} for name, *cells in rows],
    }


def report(actions, **figures):
    labels = {"open": "Actions open", "late": "Actions late", "sent": "Rapid reviews sent to the national Panel",
              "in_time": "Rapid reviews sent in time"}  # fmt: skip
    empty = {"commentary": "", "paragraphs": [], "asks": [], "figures": [], "tables": [], "chart": None, "lists": {}}
    named = {"caption": "Cases", "columns": ["Case"], "rows": [{"case": CASE, "cells": [CASE]}]}
    months = {"title": "By month", "unit": "cases", "by_case": False, "labels": ["May"], "series": [
        {"name": "Notifications", "values": [7]}]}  # fmt: skip
    bars = {"title": "Open actions", "unit": "actions", "by_case": False, "series": [
        {"name": name, "values": [int(row["cells"][n]) for row in actions["rows"]]}
        for n, name in enumerate(("Green", "Amber", "Red"), 1)
    ], "labels": [row["cells"][0] for row in actions["rows"]]}  # fmt: skip
    return {
        "reference": "HR-2026-001", "version": "1.0", "trend": {"reference": "HR-2026-000", "cases": [CASE]},
        "replaces": {"reason": f"{CASE} was missing."},
        "sections": [
            empty | {"code": "headline", "title": "Headline", "commentary": f"Of {CASE}.", "figures": [
                {"label": labels[key], "value": value, "before": 1, "list": key} for key, value in figures.items()
            ], "lists": {"open": named}},
            empty | {"code": "activity", "title": "Activity", "paragraphs": ["1 case."], "tables": [named],
                     "chart": months},
            empty | {"code": "actions", "title": "Actions", "tables": [named, actions], "chart": bars},
        ],
    }  # fmt: skip


def cells(data):
    [made] = next(one["tables"] for one in data["sections"] if one["code"] == "actions")
    return [row["cells"] for row in made["rows"]]


def test_nothing_of_a_single_case_or_of_a_hand_is_left():
    made = wider(report(table(("Schools", 6, 7, 8)), open=21, late=8))
    assert CASE not in str(made)
    assert [one["code"] for one in made["sections"]] == ["headline", "actions"]
    assert made["variant"] == "wider"
    assert made["trend"] is made["replaces"] is None
    assert [one["value"] for one in made["sections"][0]["figures"]] == ["21", "8"]
    assert cells(made) == [["Schools", "6", "7", "8", "21"]]
    assert made["sections"][1]["tables"][0]["caption"] == "Open actions by agency and colour"


def test_small_numbers_and_their_neighbours_are_suppressed_and_zero_is_not():
    made = wider(report(table(("Schools", 3, 0, 9), ("Police", 7, 6, 8)), open=33))
    assert cells(made) == [["Schools", MARK, "0", MARK, "12"], ["Police", "7", "6", "8", "21"]]
    series = made["sections"][1]["chart"]["series"]
    assert [one["values"] for one in series] == [[None, 7], [0, 6], [None, 8]]
    assert ",3\r\n" not in figures_csv(made)


def test_a_small_total_goes_and_takes_a_neighbour_with_it():
    """The headline says 33: with one total hidden, the rest would tell it."""
    made = wider(report(table(("Schools", 2, 1, 0), ("Police", 9, 6, 8), ("Health", 0, 7, 0)), open=33))
    schools, police, health = cells(made)
    assert schools == ["Schools", MARK, MARK, "0", MARK]
    assert health[-1] == MARK
    assert health[2] == MARK, "the only part of a hidden total tells it"
    assert police == ["Police", "9", "6", "8", "23"]


def test_the_part_of_a_figure_goes_where_the_rest_would_be_small():
    """Of 9 sent 7 were in time: the 2 late ones are told by both together."""
    made = wider(report(table(("Schools", 6, 7, 8)), open=21, late=19, sent=9, in_time=7))
    assert {one["label"]: one["value"] for one in made["sections"][0]["figures"]} == {
        "Actions open": "21",
        "Actions late": MARK,
        "Rapid reviews sent to the national Panel": "9",
        "Rapid reviews sent in time": MARK,
    }


def possible(parts, total):
    """Every way to fill the hidden parts (None) so that the total is right."""
    hidden = [n for n, part in enumerate(parts) if part is None]
    for values in product(range(total + 1), repeat=len(hidden)):
        filled = list(parts)
        for n, value in zip(hidden, values, strict=True):
            filled[n] = value
        if sum(filled) == total:
            yield tuple(filled)


@pytest.mark.parametrize("parts", [*product((0, 1, 2, 4, 5, 7), repeat=3)])
def test_no_small_number_can_be_reckoned_from_one_row(parts):
    """An attacker who knows the rule (hidden ones are not zero) still finds more than one way to fill the row."""
    numbers = [Number(value) for value in parts]
    total = Number(sum(parts))
    Numbers([Sum(total, numbers)]).suppress()
    assert all(number.is_hidden for number in numbers if 0 < number.value < 5)
    shown = [None if number.is_hidden else number.value for number in numbers]
    if total.is_hidden or None not in shown:
        return
    ways = [way for way in possible(shown, total.value) if all(way[n] for n, part in enumerate(shown) if part is None)]
    for place, number in enumerate(numbers):
        if number.is_hidden:
            assert len({way[place] for way in ways}) > 1, (parts, shown, total.text)
