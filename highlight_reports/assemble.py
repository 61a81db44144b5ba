"""The report as a plain dict of JSON values, from which the page, the PDF and nothing else is made.

{"reference": "HR-2026-003", "version": "1.0", "partnership": str, "abbreviation": str, "meeting_on": "2026-12-03",
 "period": {"from": "2026-10-01", "to": "2026-11-23"}, "as_at": "2026-11-23",
 "replaces": None or {"reference", "version", "withdrawn_on", "reason"},
 "trend": None or {"reference": "HR-2026-002", "cases": [str]}: the report with which the figures are compared,
 "sections": [{"code": "decisions", "title": str, "commentary": str, "paragraphs": [str],
               "asks": [{"number": int, "text": str}],
               "figures": [{"label": str, "value": int, "before": int or None, "list": key or None}],
               "tables": [{"caption": str, "columns": [str], "counts": "plain", "total", "open" or left out,
                           "rows": [{"case": "CSPR-2026-014" or "", "cells": [str]}]}],
               "chart": None or {"title", "unit", "horizontal", "limit", "by_case", "labels": [str],
                                 "series": [{"name": str, "values": [int or None]}], "rag": True or left out},
               "lists": {key: table}: what stands behind the numbers (keys: sections/parts.py),
               "cases": [str], where a section counts cases of which no row speaks}]}
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.walls import closed_to
from deadlines.calendar import current
from highlight_reports import sections
from highlight_reports.choices import SectionCode
from highlight_reports.facts import Facts, Period, gather
from highlight_reports.models import Ask, Commentary, HighlightReport
from highlight_reports.speaks import own_cases
from highlight_reports.trend import compare, last_report
from panel.models import Partnership, User

BUILDERS = {
    SectionCode.DECISIONS: sections.decisions,
    SectionCode.HEADLINE: sections.headline,
    SectionCode.ACTIVITY: sections.activity,
    SectionCode.MISDIRECTED: sections.misdirected,
    SectionCode.RAPID_REVIEWS: sections.rapid_reviews,
    SectionCode.REPLIES: sections.replies,
    SectionCode.ACTIONS: sections.actions,
    SectionCode.PRACTICE_REVIEWS: sections.practice_reviews,
    SectionCode.PUBLICATIONS: sections.publications,
    SectionCode.OTHER_REVIEWS: sections.other_reviews,
    SectionCode.LEARNING: sections.learning,
    SectionCode.MEETINGS: sections.meetings,
    SectionCode.RISKS: sections.risks,
    SectionCode.FORWARD: sections.forward_plan,
}


def assemble(report: HighlightReport, *, as_at: date) -> dict[str, Any]:
    """The whole report with its commentary, as at the day `as_at`. Raises CalendarDoesNotReach."""
    return _assemble(report, report.commentaries.all(), report.asks.all(), as_at=as_at)


def assemble_for(report: HighlightReport, user: User, *, as_at: date) -> dict[str, Any]:
    """The live report as if the cases closed to `user` did not exist. What others wrote may speak of those."""
    without = closed_to(user)
    commentaries, asks = report.commentaries.all(), report.asks.all()
    if without:
        commentaries, asks = commentaries.filter(updated_by=user), asks.filter(created_by=user)
    return _assemble(report, commentaries, asks, as_at=as_at, without=without)


def _assemble(
    report: HighlightReport,
    commentaries: QuerySet[Commentary],
    asks: QuerySet[Ask],
    *,
    as_at: date,
    without: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    facts = gather(Period(*report.period), as_at=as_at, calendar=current(), without=without)
    partnership = Partnership.current()
    commentary = dict(commentaries.values_list("section", "text"))
    asked = [{"number": number, "text": one.text} for number, one in enumerate(asks, 1)]
    made = assemble_sections(facts, commentary, asked)
    before = last_report(report)
    if before is not None and not own_cases(before.frozen) & without:
        compare(made, before)
    else:
        before = None
    return {
        "reference": report.reference,
        "version": report.version,
        "partnership": partnership.name,
        "abbreviation": partnership.abbreviation,
        "meeting_on": report.meeting_on.isoformat(),
        "period": {"from": report.period_from.isoformat(), "to": report.period_to.isoformat()},
        "as_at": as_at.isoformat(),
        "replaces": replaced(report),
        "trend": {"reference": before.reference, "cases": sorted(own_cases(before.frozen))} if before else None,
        "sections": made,
    }


def assemble_sections(
    facts: Facts, commentary: Mapping[str, str], asked: Sequence[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    """Pure: every section of this version, in the order of SectionCode."""
    return [
        {
            "code": code.value,
            "title": code.label,
            "commentary": commentary.get(code, ""),
            "asks": list(asked) if code == SectionCode.DECISIONS else [],
            **BUILDERS[code](facts),
        }
        for code in SectionCode
        if code in BUILDERS
    ]


def replaced(report: HighlightReport) -> dict[str, Any] | None:
    """What a correction says of the report in whose place it stands."""
    old = report.corrects
    if old is None:
        return None
    return {
        "reference": old.reference,
        "version": old.version,
        "withdrawn_on": timezone.localdate(old.withdrawn_at).isoformat(),
        "reason": old.withdrawn_reason,
    }
