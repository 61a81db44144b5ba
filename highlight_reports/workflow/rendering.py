"""The worker's part: make the PDF of an approved report, once.

The row with the status "rendering" is the queue. An attempt is counted and committed first, so that a report that kills
its worker does not do so for ever; then the PDF is made under the row's lock, so that a second delivery of the same
task finds the row held or done and leaves.
"""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from celery import current_app
from django.db import transaction
from django.db.models import Q
from kombu.exceptions import OperationalError

from audit.workflow import record
from core.guard import workflow
from highlight_reports.choices import Variant
from highlight_reports.models import HighlightReport, RenderedPdf
from highlight_reports.permissions import check_right, check_verb
from highlight_reports.states import Status
from highlight_reports.wider import wider
from highlight_reports.workflow.locking import locked
from panel.models import User

logger = logging.getLogger(__name__)

RENDER_TASK = "highlight_reports.tasks.render_report"
MAX_ATTEMPTS = 5
STUCK_AFTER = timedelta(seconds=60)  # a report takes some three seconds


def wake_on_commit(pk: int) -> None:
    """Wake a worker after the commit. Where the broker is away, the next sweep does it."""
    transaction.on_commit(lambda: wake(pk), robust=True)


def wake(pk: int) -> bool:
    try:
        current_app.send_task(RENDER_TASK, args=[pk], retry=True, retry_policy={"max_retries": 1, "interval_start": 0})
    except (OperationalError, OSError) as error:
        logger.warning("The broker is away (%s); the next sweep wakes the worker.", type(error).__name__)
        return False
    return True


def sweep(*, now: datetime) -> int:
    """Wake a worker for every report whose task was lost or whose worker died; returns how many."""
    stuck = HighlightReport.objects.filter(status=Status.RENDERING).filter(
        Q(render_started_at__isnull=True) | Q(render_started_at__lte=now - STUCK_AFTER)
    )
    return sum(wake(pk) for pk in stuck.values_list("pk", flat=True))


def render(*, pk: int, now: datetime) -> None:
    """Make the PDF of report `pk` if it waits for one. To be called outside a transaction, as often as you like."""
    if not begin_attempt(pk=pk, now=now):
        return
    try:
        keep_pdf(pk=pk, now=now)
    except Exception as error:
        # Without the traceback: its local variables and messages may hold text about a case.
        logger.error("Report %s could not be made into a PDF: %s.", pk, type(error).__name__)
        give_up_after_last_attempt(pk=pk, now=now)


def _waiting(pk: int) -> HighlightReport | None:
    """The report, held, if it waits for its PDF and nobody else holds it."""
    return HighlightReport.objects.select_for_update(skip_locked=True).filter(pk=pk, status=Status.RENDERING).first()


@workflow
def begin_attempt(*, pk: int, now: datetime) -> bool:
    """Count the attempt. False where there is nothing to do."""
    report = _waiting(pk)
    if report is None:
        return False
    if report.render_attempts >= MAX_ATTEMPTS:
        _give_up(report)
        return False
    report.render_attempts += 1
    report.render_started_at = now
    report.save(update_fields=["render_attempts", "render_started_at"])
    return True


@workflow
def keep_pdf(*, pk: int, now: datetime) -> RenderedPdf | None:
    """Make the PDF and keep it with its hash. None where another delivery is doing or has done so."""
    report = _waiting(pk)
    if report is None:
        return None
    from highlight_reports import render as rendering  # noqa: PLC0415 - a second and 46 MB that only the worker needs

    made_at = report.approved_at or now
    made = _keep(report, Variant.WHOLE, rendering.pdf(report.frozen, made_at=made_at), rendering.pages, now)
    _keep(report, Variant.WIDER, rendering.pdf(wider(report.frozen), made_at=made_at), rendering.pages, now)
    report.status = check_verb(report, "keep_pdf", None)
    report.save(update_fields=["status"])
    record("report.rendered", by=None, obj=report, reference=report.reference, sha256=made.sha256, pages=made.pages)
    return made


def _keep(
    report: HighlightReport, variant: Variant, content: bytes, pages: Callable[[bytes], int], now: datetime
) -> RenderedPdf:
    made: RenderedPdf = RenderedPdf.objects.create(
        report=report,
        variant=variant,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        pages=pages(content),
        rendered_at=now,
    )
    return made


@workflow
def give_up_after_last_attempt(*, pk: int, now: datetime) -> None:
    report = _waiting(pk)
    if report is not None and report.render_attempts >= MAX_ATTEMPTS:
        _give_up(report)


def _give_up(report: HighlightReport) -> None:
    report.status = check_verb(report, "give_up", None)
    report.save(update_fields=["status"])
    record("report.render-failed", by=None, obj=report, reference=report.reference, attempts=report.render_attempts)


@workflow
def render_again(*, report: HighlightReport, by: User, now: datetime) -> HighlightReport:
    """Try once more after giving up. Being made already: quiet."""
    report = locked(report)
    check_right("render_again", by)
    if report.status == Status.RENDERING:
        return report
    report.status = check_verb(report, "render_again", by)
    report.render_attempts, report.render_started_at = 0, None
    report.save(update_fields=["status", "render_attempts", "render_started_at"])
    record("report.render-retried", by=by, obj=report, reference=report.reference)
    wake_on_commit(report.pk)
    return report
