"""Of which cases a report speaks: pure, from its dict. What follows for a reader is in `reading`."""

from typing import Any


def own_cases(data: dict[str, Any]) -> frozenset[str]:
    """The references of every case of which the report says something singly, or that stands behind a number."""
    tables = [table for section in data["sections"] for table in (*section["tables"], *_lists(section))]
    rows = {row["case"] for table in tables for row in table["rows"]}
    charts = [section["chart"] for section in data["sections"] if section["chart"] and section["chart"]["by_case"]]
    counted = [section.get("cases", []) for section in data["sections"]]
    return frozenset(rows.union(*[chart["labels"] for chart in charts], *counted) - {""})


def cases_in(data: dict[str, Any]) -> frozenset[str]:
    """The same, and the cases of the report with which the figures are compared: their former values count those."""
    return own_cases(data) | frozenset((data.get("trend") or {}).get("cases", []))


def _lists(section: dict[str, Any]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = section.get("lists", {})  # reports of before these were kept have none
    return list(found.values())
