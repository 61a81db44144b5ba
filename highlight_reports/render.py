"""The frozen dict to HTML, the HTML to bytes. Nothing here reads the database."""

import hashlib
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from core.charts import BarChart, Series
from core.pdf import SCHEME, Resource, render_pdf


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


def html(data: dict[str, Any]) -> str:
    """The whole document for the PDF, its style included."""
    return render_to_string("pdf/highlight_reports/report.html", context(data) | {"scheme": SCHEME})


def pdf(data: dict[str, Any]) -> bytes:
    """The report as PDF/UA-1. Raises PdfError."""
    charts = {section["code"]: chart_of(section) for section in data["sections"]}
    resources = {f"{code}.svg": Resource("image/svg+xml", chart.svg()) for code, chart in charts.items() if chart}
    return render_pdf(
        html(data), resources=resources, identifier=hashlib.sha256(data["reference"].encode()).hexdigest().encode()
    )
