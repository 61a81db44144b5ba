"""The log as a spreadsheet and as a PDF: what the page shows, with columns that come back by an import as they were."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from actions.choices import Note
from actions.imports import COLUMNS
from actions.imports.values import names
from actions.models import Action, ActionQuerySet
from actions.rag import standing
from actions.states import Status
from chronology.formulas import safe
from core.pdf import render_pdf
from panel.models import Partnership

MOST_IN_PDF = 500
LONGEST = 32_000  # characters of one cell of a spreadsheet
BATCH = 500


class TooManyRowsError(ValueError):
    """More actions than fit in a PDF that somebody can read."""


def _prepared(actions: ActionQuerySet) -> Iterator[Action]:
    rows = actions.select_related("owner", "lead", "referral", "rapid_review", "practice_review")
    related = ("others", "notes", "evidence__document__kind", "evidence__seen_by", "date_changes", "escalations")
    return rows.prefetch_related(*related).iterator(BATCH)


def values(action: Action, today: date) -> dict[str, Any]:
    """Column name → what stands in the cell."""
    shown = standing(action, today)
    evidence = list(action.evidence.all())
    return {
        "reference": action.reference,
        "earlier_reference": action.earlier_reference,
        "source": action.source_words,
        "case": action.referral.reference if action.referral else "",
        "meeting_on": action.meeting_on,
        "recommendation": action.recommendation,
        "owner": action.owner.short_name,
        "others": names(action.others.all()),
        "lead": action.lead_words,
        "lead_address": action.lead.email if action.lead else action.lead_address,
        "text": action.text,
        "success_measure": action.success_measure,
        "due_on": action.due_on,
        "first_due_on": action.first_due_on,
        "status": action.get_status_display(),
        "rag": shown.label,
        "rag_reason": action.rag_override_reason,
        "at_risk": action.at_risk_reason,
        "progress": _progress(action),
        "evidence": "\n".join(str(one) for one in evidence),
        "impact": f"{action.get_impact_display()}: {action.impact_text}" if action.impact else "",
        "impact_check_on": action.impact_check_on,
        "ended_on": action.closed_on or action.cancelled_on or action.claimed_on,
        "revised": "\n".join(_revision(change) for change in action.date_changes.all()),
        "escalated": "\n".join(_escalation(one) for one in action.escalations.all()),
        "seen": "\n".join(f"{one.seen_by}, {one.seen_at:%d/%m/%Y}" for one in evidence if one.seen_at),
    }


def _progress(action: Action) -> str:
    """What came with an import stands as it came; what was written here says who and when."""
    said = [
        note.text if note.kind == Note.IMPORTED else f"{note.at:%d/%m/%Y}, {note.by_label}: {note.text}"
        for note in action.notes.all()
    ]
    return "\n".join(said)


def _revision(change: Any) -> str:
    """ "12/03/2026 to 30/04/2026: approved. Why"."""
    days = f"{change.due_before:%d/%m/%Y} to {change.wanted_on:%d/%m/%Y}"
    return f"{days}: {change.get_status_display().lower()}. {change.reason}"


def _escalation(one: Any) -> str:
    answered = f"answered: {one.answer}" if one.answer else "no answer yet"
    return f"{one.raised_on:%d/%m/%Y}, {one.get_level_display()}: {one.reason} ({answered})"


def table(actions: ActionQuerySet, today: date) -> Iterator[list[Any]]:
    for action in _prepared(actions):
        found = values(action, today)
        yield [found[column.name] for column in COLUMNS]


def _plain(value: Any) -> Any:
    """Never a formula, without the control characters that a cell cannot hold, and not longer than a cell may be."""
    if isinstance(value, str):
        value = "".join(mark for mark in value if mark >= " " or mark in "\n\t")[:LONGEST]
    return safe(value)


def xlsx(actions: ActionQuerySet, today: date) -> tuple[bytes, int]:
    """The spreadsheet, and how many actions it has."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = "Action log", "CSPR Panel"
    sheet: Any = book.create_sheet("Action log")
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "B4"
    sheet.append([f"OFFICIAL-SENSITIVE. Action log of {Partnership.current().name}, {today:%d/%m/%Y}"])
    sheet.append([])
    sheet.append([_cell(sheet, column.heading, bold=True) for column in COLUMNS])
    count = 0
    for row in table(actions, today):
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), count


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=_plain(value))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, date):
        cell.number_format = "DD/MM/YYYY"
    if bold:
        cell.font = Font(bold=True)
    return cell


def as_csv(actions: ActionQuerySet, today: date) -> tuple[bytes, int]:
    """The same as CSV, in the encoding that Excel opens with its letters right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.heading for column in COLUMNS])
    count = 0
    for row in table(actions, today):
        writer.writerow([f"{v:%d/%m/%Y}" if isinstance(v, date) else _plain(v) for v in row])
        count += 1
    return out.getvalue().encode("utf-8-sig"), count


def document(actions: ActionQuerySet, today: date, *, filtered: bool) -> dict[str, Any]:
    """What the PDF says. Raises TooManyRowsError."""
    if actions.order_by()[MOST_IN_PDF : MOST_IN_PDF + 1].values("pk").exists():
        raise TooManyRowsError
    lines = [(action, standing(action, today)) for action in _prepared(actions)]
    totals: dict[str, int] = {}
    for _, shown in lines:
        totals[shown.label] = totals.get(shown.label, 0) + 1
    open_count = sum(action.status == Status.OPEN for action, _ in lines)
    return {
        "partnership": Partnership.current().name, "made_on": today, "lines": lines, "filtered": filtered,
        "totals": sorted(totals.items()), "open_count": open_count,
    }  # fmt: skip


def pdf(data: dict[str, Any]) -> bytes:
    """The PDF (PDF/UA-1) of a `document`."""
    return render_pdf(render_to_string("pdf/actions/log.html", data))
