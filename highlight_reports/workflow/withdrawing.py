"""A report that is wrong is withdrawn with a reason and stays as it was; a numbered correction takes its place."""

from datetime import datetime

from audit.workflow import record
from core.errors import WorkflowError
from core.guard import workflow
from highlight_reports import emails
from highlight_reports.models import Ask, Commentary, HighlightReport
from highlight_reports.permissions import check_right, check_verb
from highlight_reports.workflow.asking import close_links
from highlight_reports.workflow.drafting import check_nameless, one_at_a_time
from highlight_reports.workflow.locking import locked
from notifications.models import Message
from notifications.states import State
from notifications.workflow import cancel, queue
from panel.models import User


@workflow
def withdraw(*, report: HighlightReport, reason: str, by: User, now: datetime) -> HighlightReport:
    """Take it back: whoever got it is told, its links end, mails that wait are cancelled. Done already: quiet."""
    report = locked(report)
    check_right("withdraw", by)
    if report.is_withdrawn:
        return report
    target = check_verb(report, "withdraw", by)
    reason = reason.strip()
    if not reason:
        raise WorkflowError("Say why the report is withdrawn.")
    check_nameless("The reason", reason)
    report.status, report.withdrawn_by, report.withdrawn_at, report.withdrawn_reason = target, by, now, reason
    report.save(update_fields=["status", "withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    record("report.withdrawn", by=by, obj=report, reference=report.reference)
    close_links(report, by=by, now=now)
    for message in Message.objects.filter(kind__in=emails.WITH_REPORT, reference=report.reference):
        _take_back(message, report)
    return report


def _take_back(message: Message, report: HighlightReport) -> None:
    """What waits is not sent. Who got it is told; so is who may have it soon: a mail on its way is not stopped."""
    if message.state == State.QUEUED:
        cancel(message=message, by=None)
    elif message.state in (State.SENT, State.SENDING):
        key = f"report-withdrawn:{report.reference}:{message.address}"
        queue(emails.withdrawn(report), key=key, address=message.address)


@workflow
def correct(*, report: HighlightReport, by: User, now: datetime) -> HighlightReport:
    """The draft of the correction, with the texts of what it replaces under their authors. There already: that one."""
    one_at_a_time()
    report = locked(report)
    check_verb(report, "correct", by)
    there: HighlightReport | None = report.corrections.kept().first()
    if there is not None:
        return there
    made: HighlightReport = HighlightReport.objects.create(
        reference=_correction_reference(report),
        meeting_on=report.meeting_on,
        period_from=report.period_from,
        period_to=report.period_to,
        assembled_by=by,
        assembled_at=now,
        corrects=report,
        edition=report.edition + 1,
    )
    _copy_texts(report, made, now)
    record("report.correction-begun", by=by, obj=made, reference=made.reference, old=report.reference)
    return made


def _correction_reference(report: HighlightReport) -> str:
    """ "HR-2026-003-C1": a number that was given to a discarded correction is not given again."""
    root = report.reference.partition("-C")[0]
    taken = HighlightReport.objects.filter(reference__startswith=f"{root}-C").count()
    return f"{root}-C{taken + 1}"


def _copy_texts(old: HighlightReport, new: HighlightReport, now: datetime) -> None:
    for one in old.commentaries.all():
        Commentary.objects.create(
            report=new, section=one.section, text=one.text, updated_by=one.updated_by, updated_at=now
        )
    for ask in old.asks.all():
        Ask.objects.create(report=new, text=ask.text, created_by=ask.created_by, created_at=now)
