"""The report's dict made ready for a template: its dates as dates, its charts as charts that draw themselves, its
numbers with the addresses of the lists behind them."""

from datetime import date
from typing import Any

from core.charts import BarChart, Series
from highlight_reports.sections.parts import bar_key, cell_key

RAG = ("#00703c", "#f47738", "#d4351c")  # green, amber, red: the series of a chart that says so


def chart_of(section: dict[str, Any]) -> BarChart | None:
    """The section's chart as one that can draw itself."""
    chart = section["chart"]
    if chart is None:
        return None
    return BarChart(
        title=chart["title"],
        labels=tuple(chart["labels"]),
        series=tuple(Series(one["name"], tuple(one["values"])) for one in chart["series"]),
        unit=chart["unit"],
        horizontal=chart["horizontal"],
        limit=chart["limit"],
        colours=RAG if chart.get("rag") else (),
    )


def context(data: dict[str, Any]) -> dict[str, Any]:
    """What both templates read: the report's dates as dates, and beside each section its chart."""
    return {
        "data": data,
        "meeting_on": date.fromisoformat(data["meeting_on"]),
        "period_from": date.fromisoformat(data["period"]["from"]),
        "period_to": date.fromisoformat(data["period"]["to"]),
        "as_at": date.fromisoformat(data["as_at"]),
        "replaced_on": date.fromisoformat(data["replaces"]["withdrawn_on"]) if data.get("replaces") else None,
        "is_wider": data.get("variant") == "wider",
        "sections": [_shown(section) for section in data["sections"]],
    }


def _shown(section: dict[str, Any]) -> dict[str, Any]:
    """A section of any version: what earlier ones did not hold is empty. Each number gets the key of its list."""
    lists: dict[str, Any] = section.get("lists", {})
    drawn = chart_of(section)
    return section | {
        "asks": section.get("asks", []),
        "lists": lists,
        "drawn": drawn,
        "drawn_rows": _rows_of_chart(drawn, lists) if drawn else [],
        "figures": [one | {"list": one["list"] if one.get("list") in lists else None} for one in section["figures"]],
        "tables": [table | {"lines": _lines(table, lists)} for table in section["tables"]],
    }


def _rows_of_chart(drawn: BarChart, lists: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "values": [
                {"value": value, "list": _key(bar_key(series, row), lists)} for series, value in enumerate(values)
            ],
        }
        for row, (label, values) in enumerate(drawn.table_rows)
    ]


def _lines(table: dict[str, Any], lists: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows with their cells as {"text", "list", "is_case"}."""
    counts = table.get("counts")
    return [
        {
            "case": row["case"],
            "cells": [
                {
                    "text": text,
                    "list": _key(cell_key(number, column - 1), lists) if counts and column else None,
                    "is_case": bool(row["case"]) and text == row["case"],
                }
                for column, text in enumerate(row["cells"])
            ],
        }
        for number, row in enumerate(table["rows"])
    ]


def _key(key: str, lists: dict[str, Any]) -> str | None:
    return key if key in lists else None
