"""Four eyes: the business manager submits, the chair or deputy chair approves or sends back."""

from datetime import datetime

from django.utils import timezone

from audit.workflow import record
from core.errors import WorkflowError
from core.guard import workflow
from highlight_reports import emails
from highlight_reports.assemble import assemble as assemble_data
from highlight_reports.choices import SectionCode
from highlight_reports.models import HighlightReport
from highlight_reports.permissions import authors, check_may_approve, check_right, check_verb
from highlight_reports.states import Status
from highlight_reports.workflow.drafting import check_nameless
from highlight_reports.workflow.locking import locked
from highlight_reports.workflow.rendering import wake_on_commit
from notifications.workflow import queue
from panel.models import User
from panel.people import holders
from panel.roles import Role


@workflow
def submit(*, report: HighlightReport, by: User, now: datetime) -> HighlightReport:
    """Ask for approval. From here on the figures stand still: what the chair reads is what is sent."""
    report = locked(report)
    check_right("submit", by)
    if report.status == Status.SUBMITTED:
        return report
    target = check_verb(report, "submit", by)
    today = timezone.localdate(now)
    if report.period_to > today:
        raise WorkflowError("The period has not ended yet. Change its last day, or submit the report after it.")
    _check_all_nameless(report)
    report.status, report.data = target, assemble_data(report, as_at=today)
    report.submitted_by, report.submitted_at = by, now
    report.save(update_fields=["status", "data", "submitted_by", "submitted_at"])
    record("report.submitted", by=by, obj=report, reference=report.reference)
    for person in holders(Role.CHAIR, Role.DEPUTY_CHAIR, on=today).exclude(pk__in=authors(report)):
        queue(emails.to_approve(report), key=f"{_round(report)}:to-approve:{person.pk}", to=person)
    return report


def _check_all_nameless(report: HighlightReport) -> None:
    """Names may have come on record since a commentary was saved."""
    for one in report.commentaries.all():
        check_nameless(f"The commentary on “{SectionCode(one.section).label}”", one.text)
    for ask in report.asks.all():
        check_nameless("What the Executive is asked", ask.text)


def _round(report: HighlightReport) -> str:
    """A report may be submitted more than once; each time has its own mails."""
    return f"highlight-report:{report.reference}:{report.submitted_at:%Y%m%d%H%M%S%f}"


@workflow
def send_back(*, report: HighlightReport, reason: str, by: User, now: datetime) -> HighlightReport:
    """Return it to its author with a reason. Its figures are live again until the next submission."""
    report = locked(report)
    target = check_verb(report, "send_back", by)
    if not reason.strip():
        raise WorkflowError("Say why you send the report back.")
    letter, author, key = emails.sent_back(report), report.submitted_by, f"{_round(report)}:sent-back"
    report.status, report.data = target, None
    report.submitted_by = report.submitted_at = None
    report.sent_back_by, report.sent_back_at, report.sent_back_reason = by, now, reason.strip()
    report.save(
        update_fields=[
            "status", "data", "submitted_by", "submitted_at", "sent_back_by", "sent_back_at", "sent_back_reason",
        ]
    )  # fmt: skip
    record("report.sent-back", by=by, obj=report, reference=report.reference)
    if author is not None:
        queue(letter, key=key, to=author)
    return report


@workflow
def approve(*, report: HighlightReport, by: User, now: datetime) -> HighlightReport:
    """Approve what was submitted, for good; the worker makes the PDF. Approved already by the same person: quiet."""
    report = locked(report)
    check_right("approve", by)
    if report.is_approved and report.approved_by_id == by.pk:
        return report
    target = check_verb(report, "approve", by)
    check_may_approve(report, report.frozen, by)
    _check_all_nameless(report)
    report.status, report.approved_by, report.approved_at = target, by, now
    report.save(update_fields=["status", "approved_by", "approved_at"])
    record("report.approved", by=by, obj=report, reference=report.reference)
    wake_on_commit(report.pk)
    return report
