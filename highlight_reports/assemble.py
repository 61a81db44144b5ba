"""The report as a plain dict of JSON values, from which the page, the PDF and nothing else is made.

{"reference": "HR-2026-003", "partnership": str, "abbreviation": str, "meeting_on": "2026-12-03",
 "period": {"from": "2026-10-01", "to": "2026-11-23"}, "as_at": "2026-11-23",
 "sections": [{"code": "decisions", "title": str, "commentary": str, "paragraphs": [str],
               "figures": [{"label": str, "value": int}],
               "tables": [{"caption": str, "columns": [str],
                           "rows": [{"case": "CSPR-2026-014" or "", "cells": [str]}]}],
               "chart": None or {"title", "unit", "horizontal", "limit", "by_case", "labels": [str],
                                 "series": [{"name": str, "values": [int or None]}]},
               "cases": [str], where a section counts cases of which no row speaks}]}
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from core.walls import closed_to
from deadlines.calendar import current
from highlight_reports import sections
from highlight_reports.choices import SectionCode
from highlight_reports.facts import Facts, Period, gather
from highlight_reports.models import Commentary, HighlightReport
from panel.models import Partnership, User

BUILDERS = {
    SectionCode.DECISIONS: sections.decisions,
    SectionCode.HEADLINE: sections.headline,
    SectionCode.ACTIVITY: sections.activity,
    SectionCode.RAPID_REVIEWS: sections.rapid_reviews,
    SectionCode.REPLIES: sections.replies,
    SectionCode.ACTIONS: sections.actions,
    SectionCode.MISDIRECTED: sections.misdirected,
    SectionCode.RISKS: sections.risks,
    SectionCode.FORWARD: sections.forward_plan,
}


def assemble(report: HighlightReport, *, as_at: date) -> dict[str, Any]:
    """The whole report with its commentary, as at the day `as_at`. Raises CalendarDoesNotReach."""
    return _assemble(report, report.commentaries.all(), as_at=as_at)


def assemble_for(report: HighlightReport, user: User, *, as_at: date) -> dict[str, Any]:
    """The live report as if the cases closed to `user` did not exist. What others wrote may speak of those."""
    without = closed_to(user)
    commentaries = report.commentaries.filter(updated_by=user) if without else report.commentaries.all()
    return _assemble(report, commentaries, as_at=as_at, without=without)


def _assemble(
    report: HighlightReport, commentaries: QuerySet[Commentary], *, as_at: date, without: frozenset[str] = frozenset()
) -> dict[str, Any]:
    facts = gather(Period(*report.period), as_at=as_at, calendar=current(), without=without)
    partnership = Partnership.current()
    commentary = dict(commentaries.values_list("section", "text"))
    return {
        "reference": report.reference,
        "partnership": partnership.name,
        "abbreviation": partnership.abbreviation,
        "meeting_on": report.meeting_on.isoformat(),
        "period": {"from": report.period_from.isoformat(), "to": report.period_to.isoformat()},
        "as_at": as_at.isoformat(),
        "sections": assemble_sections(facts, commentary),
    }


def assemble_sections(facts: Facts, commentary: Mapping[str, str]) -> list[dict[str, Any]]:
    """Pure: every section of this version, in the order of SectionCode."""
    return [
        {"code": code.value, "title": code.label, "commentary": commentary.get(code, ""), **BUILDERS[code](facts)}
        for code in SectionCode
    ]
