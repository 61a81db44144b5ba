"""The letters about a report. None holds a word about a case: the report itself is the attachment."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format

from core.letters import File, Letter
from highlight_reports.models import HighlightReport
from panel.models import Partnership

MARKING = "[OFFICIAL-SENSITIVE]"
TO_EXECUTIVE = "highlight-report"
TO_APPROVE = "highlight-report-to-approve"
SENT_BACK = "highlight-report-sent-back"
ASKING = "highlight-report-asking"
REMINDER = "highlight-report-answer-reminder"
WITHDRAWN = "highlight-report-withdrawn"
PREPARED = "highlight-report-prepared"
WITH_REPORT = (TO_EXECUTIVE, ASKING)


def _letter(report: HighlightReport, kind: str, subject: str, link: str = "", **more: object) -> Letter:
    partnership = Partnership.current()
    meeting = date_format(report.meeting_on, "j F Y")
    text = render_to_string(
        f"emails/highlight_reports/{kind}.txt",
        {
            "report": report,
            "partnership": partnership,
            "link": link,
            "url": settings.SITE_URL + reverse("highlight_reports:report-detail", args=[report.reference]),
        },
    )
    return Letter(
        kind=kind,
        subject=f"{MARKING} {partnership.abbreviation}: {subject.format(meeting=meeting)}",
        text=text,
        reference=report.reference,
        **more,  # type: ignore[arg-type]
    )


def to_executive(report: HighlightReport, link: str = "") -> Letter:
    """The report itself, to one person of the list; with the link to what is asked of them, if anything is."""
    pdf = report.pdf
    file = File(name=pdf.file_name, content_type="application/pdf", content=bytes(pdf.content))
    what = "highlight report (correction)" if report.edition else "highlight report"
    if link:
        subject = f"{what} and your answers, Executive meeting of {{meeting}}"
        return _letter(report, ASKING, subject, link, files=(file,))
    return _letter(report, TO_EXECUTIVE, f"{what} for the Executive meeting of {{meeting}}", files=(file,))


def answer_reminder(report: HighlightReport, link: str) -> Letter:
    """To who has not answered shortly before the meeting."""
    return _letter(report, REMINDER, "your answers before the Executive meeting of {meeting}", link)


def withdrawn(report: HighlightReport) -> Letter:
    """To everybody who got it. The reason stays in the correction: it may speak of a case."""
    return _letter(report, WITHDRAWN, "highlight report withdrawn, Executive meeting of {meeting}")


def prepared(report: HighlightReport) -> Letter:
    """To the business manager: the draft is there."""
    return _letter(report, PREPARED, "draft of the highlight report, Executive meeting of {meeting}")


def to_approve(report: HighlightReport) -> Letter:
    """To the chair and deputy chair: a report waits for them."""
    return _letter(report, TO_APPROVE, "highlight report to approve, Executive meeting of {meeting}")


def sent_back(report: HighlightReport) -> Letter:
    """To its author. The reason stays on the page: it may speak of a case."""
    return _letter(report, SENT_BACK, "highlight report sent back, Executive meeting of {meeting}")
