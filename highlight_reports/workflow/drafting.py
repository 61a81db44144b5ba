"""The business manager's part: start a report, choose its dates, write its commentary, or drop it."""

from datetime import date, datetime

from audit.workflow import record
from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from highlight_reports.choices import SectionCode
from highlight_reports.models import Commentary, HighlightReport
from highlight_reports.names import known_names
from highlight_reports.permissions import check_right, check_verb
from highlight_reports.reading import may_read_commentary
from highlight_reports.states import OVER, Status
from highlight_reports.workflow.locking import locked
from panel.models import Partnership, User
from panel.permissions import Permission, check

NOT_YOURS = (
    "Somebody else writes this section, and it may speak of a case that you may not see. "
    "Leave it to them, or to the chair."
)


class CommentaryConflict(WorkflowError):
    """Somebody saved another text meanwhile. `theirs` is that commentary; nothing was overwritten."""

    def __init__(self, theirs: Commentary) -> None:
        super().__init__(
            f"{theirs.updated_by} saved another text here after you opened the page, so yours is not saved yet. "
            "Put together what should stand, then save again."
        )
        self.theirs = theirs


@workflow
def assemble(*, meeting_on: date, period_from: date, period_to: date, by: User, now: datetime) -> HighlightReport:
    """Start the report for an Executive meeting. The same again (a double click): the report that there is."""
    one_at_a_time()
    check(by, Permission.WRITE_REPORT)
    check_dates(meeting_on, period_from, period_to)
    there = HighlightReport.objects.kept().filter(meeting_on=meeting_on).first()
    if there is not None:
        if there.is_draft and there.assembled_by_id == by.pk and there.period == (period_from, period_to):
            return there
        raise WorkflowError(f"There already is a report for the meeting of that day: {there.reference}.")
    report: HighlightReport = HighlightReport.objects.create(
        reference=next_reference(meeting_on.year),
        meeting_on=meeting_on,
        period_from=period_from,
        period_to=period_to,
        assembled_by=by,
        assembled_at=now,
    )
    record("report.assembled", by=by, obj=report, reference=report.reference, meeting=said(meeting_on))
    return report


def one_at_a_time() -> None:
    """Held until the transaction ends: no reference is given twice, no meeting gets two reports."""
    Partnership.objects.select_for_update().get(pk=Partnership.current().pk)


def next_reference(year: int) -> str:
    start = f"HR-{year}-"
    taken = HighlightReport.objects.filter(reference__startswith=start).values_list("reference", flat=True)
    return f"{start}{max((int(one.removeprefix(start).partition('-')[0]) for one in taken), default=0) + 1:03d}"


def check_dates(meeting_on: date, period_from: date, period_to: date) -> None:
    if period_to < period_from:
        raise WorkflowError("The period cannot end before it begins.")
    if meeting_on < period_to:
        raise WorkflowError("The period cannot end after the meeting that the report is for.")


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@workflow
def reschedule(
    *, report: HighlightReport, meeting_on: date, period_from: date, period_to: date, by: User, now: datetime
) -> HighlightReport:
    """Move a draft to another meeting or period. Nothing changed: quiet."""
    report = locked(report)
    check_verb(report, "reschedule", by)
    check_dates(meeting_on, period_from, period_to)
    if (report.meeting_on, *report.period) == (meeting_on, period_from, period_to):
        return report
    taken = HighlightReport.objects.exclude(status__in=OVER).filter(meeting_on=meeting_on)
    other = taken.exclude(pk=report.pk).first()
    if other is not None:
        raise WorkflowError(f"There already is a report for the meeting of that day: {other.reference}.")
    report.meeting_on, report.period_from, report.period_to = meeting_on, period_from, period_to
    report.save(update_fields=["meeting_on", "period_from", "period_to"])
    record(
        "report.rescheduled",
        by=by,
        obj=report,
        reference=report.reference,
        meeting=said(meeting_on),
        period=f"{said(period_from)} to {said(period_to)}",
    )
    return report


@workflow
def write_commentary(
    *, report: HighlightReport, section: SectionCode, text: str, version: int, by: User, now: datetime
) -> Commentary:
    """Save the commentary of one section. `version` is the one that the writer started from (0: there was none).

    The same text again is quiet. Another text saved meanwhile: CommentaryConflict. A child's name: WorkflowError.
    """
    report = locked(report)
    check_verb(report, "write_commentary", by)
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    check_nameless(f"The commentary on “{section.label}”", text)
    there = report.commentaries.select_related("updated_by").filter(section=section).first()
    if not may_read_commentary(by, there):
        raise NotPermitted(NOT_YOURS)
    if there is None:
        there = Commentary(report=report, section=section, version=0)
    elif there.text == text:
        return there
    if there.version != version:
        raise CommentaryConflict(there)
    there.text, there.version, there.updated_by, there.updated_at = text, version + 1, by, now
    there.save()
    record(
        "report.commentary-saved",
        by=by,
        obj=report,
        reference=report.reference,
        section=section.label,
        version=there.version,
    )
    return there


def check_nameless(what: str, text: str) -> None:
    """Raise a sentence that names the field, not the child, where `text` holds a name or birth date on record."""
    if known_names().are_in(text):
        raise WorkflowError(
            f"{what} holds a name or a date of birth that belongs to a child on record. "
            "Write the case reference and “Child A” instead."
        )


@workflow
def discard(*, report: HighlightReport, by: User, now: datetime) -> HighlightReport:
    """Drop a draft. It stays on record, with its commentary; its meeting is free for another. Dropped: quiet."""
    report = locked(report)
    check_right("discard", by)
    if report.status == Status.DISCARDED:
        return report
    report.status = check_verb(report, "discard", by)
    report.save(update_fields=["status"])
    record("report.discarded", by=by, obj=report, reference=report.reference)
    return report
