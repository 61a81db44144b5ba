"""The report's dict made ready for a template: its dates as dates, its charts as charts that draw themselves."""

from datetime import date
from typing import Any

from core.charts import BarChart, Series


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
    )


def context(data: dict[str, Any]) -> dict[str, Any]:
    """What both templates read: the report's dates as dates, and beside each section its chart."""
    return {
        "data": data,
        "meeting_on": date.fromisoformat(data["meeting_on"]),
        "period_from": date.fromisoformat(data["period"]["from"]),
        "period_to": date.fromisoformat(data["period"]["to"]),
        "as_at": date.fromisoformat(data["as_at"]),
        "sections": [section | {"drawn": chart_of(section)} for section in data["sections"]],
    }
