"""The trend: each figure beside what it was in the last report, and what became of what that one asked."""

from collections.abc import Sequence
from typing import Any

from highlight_reports.answers import Outcome, outcomes
from highlight_reports.choices import Answer, SectionCode
from highlight_reports.models import HighlightReport
from highlight_reports.states import APPROVED, Status


def last_report(report: HighlightReport) -> HighlightReport | None:
    """The approved report of the meeting before this one's. A withdrawn one is nothing to compare with."""
    found = HighlightReport.objects.filter(status__in=APPROVED, meeting_on__lt=report.meeting_on)
    last: HighlightReport | None = found.exclude(status=Status.WITHDRAWN).order_by("-meeting_on", "-pk").first()
    return last


def compare(sections: Sequence[dict[str, Any]], before: HighlightReport) -> None:
    """Put what each figure was in `before` beside it, and what the Executive answered then under the decisions."""
    was = {
        (section["code"], figure["label"]): figure["value"]
        for section in before.frozen["sections"]
        for figure in section["figures"]
    }
    for section in sections:
        for figure in section["figures"]:
            figure["before"] = was.get((section["code"], figure["label"]))
        if section["code"] == SectionCode.DECISIONS:
            answered = outcomes(before)
            if answered:
                section["tables"].append(_answered(before, answered))


def _answered(before: HighlightReport, answered: Sequence[Outcome]) -> dict[str, Any]:
    rows = [
        [one.ask.text, *(str(one.counts[answer]) for answer in Answer), str(one.waiting), one.words] for one in answered
    ]
    return {
        "caption": f"What the Executive answered to {before.reference}",
        "columns": ["Asked", "Approve", "Decline", "Discuss", "No answer", "Outcome"],
        "rows": [{"case": "", "cells": cells} for cells in rows],
    }
