"""The report's files: asked for by a person, made by a worker, once.

The row is the queue. An attempt is counted and committed first, so that a report that kills its worker does not do so
for ever; then the files are made under the row's lock, so that a second delivery of the same task finds the row held or
done and leaves.
"""

import hashlib
import logging
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import Q
from kombu.exceptions import OperationalError

from audit.workflow import record
from core.errors import NotPermitted
from core.guard import workflow
from panel.models import User
from rapid_reviews import readiness
from rapid_reviews.choices import Naming, ReportState
from rapid_reviews.contents import contents_of
from rapid_reviews.models import RapidReview, ReviewReport
from rapid_reviews.report.assemble import assemble, fingerprint
from rapid_reviews.states import Status
from rapid_reviews.workflow.base import local_day, note, take
from referrals.permissions import can_see_names

logger = logging.getLogger(__name__)

REPORT_TASK = "rapid_reviews.tasks.make_report"
MAX_ATTEMPTS = 5
STUCK_AFTER = timedelta(seconds=120)  # a report takes some five seconds


def data_of(review: RapidReview, naming: Naming, *, now: datetime) -> dict[str, Any]:
    """What a report made now would say: a draft while anything keeps the review from being sent."""
    contents = contents_of(review)
    is_draft = review.status != Status.DECIDED or bool(readiness.before_sending(contents))
    return assemble(contents, naming=naming, is_draft=is_draft, as_at=local_day(now))


@workflow
def make_report(*, review: RapidReview, naming: Naming, by: User, now: datetime) -> ReviewReport:
    """Ask for the report as it stands. Asked for the same already: that one is returned, and nothing happens."""
    review, _ = take(review, "make_report", by=by, now=now)
    if naming == Naming.FULL and not can_see_names(by, review.referral, on=local_day(now)):
        raise NotPermitted("You are not allowed to see names, so you cannot make the report with names.")
    data = data_of(review, naming, now=now)
    there = review.reports.filter(naming=naming).exclude(state=ReportState.FAILED).defer("pdf", "word").first()
    if there is not None and there.fingerprint == fingerprint(data):
        return there
    review.reports.filter(naming=naming, state=ReportState.WAITING).delete()
    report = ReviewReport(
        review=review, naming=naming, is_draft=data["is_draft"], data=data, fingerprint=fingerprint(data),
        requested_by=by, requested_at=now,
    )  # fmt: skip
    report.save(force_insert=True)
    note("report_asked", by=by, review=review, what=_what(report))
    wake_on_commit(report.pk)
    return report


def _what(report: ReviewReport) -> str:
    kind = "as a draft" if report.is_draft else "to be sent"
    return f"{report.get_naming_display().lower()}, {kind}"


def wake_on_commit(pk: int) -> None:
    """Wake a worker after the commit. Where the broker is away, the next sweep does it."""
    transaction.on_commit(lambda: wake(pk), robust=True)


def wake(pk: int) -> bool:
    try:
        current_app.send_task(REPORT_TASK, args=[pk], retry=True, retry_policy={"max_retries": 1, "interval_start": 0})
    except (OperationalError, OSError) as error:
        logger.warning("The broker is away (%s); the next sweep wakes the worker.", type(error).__name__)
        return False
    return True


def sweep(*, now: datetime) -> int:
    """Wake a worker for every report whose task was lost or whose worker died; returns how many."""
    stuck = ReviewReport.objects.filter(state=ReportState.WAITING).filter(
        Q(started_at__isnull=True) | Q(started_at__lte=now - STUCK_AFTER)
    )
    return sum(wake(pk) for pk in stuck.values_list("pk", flat=True))


def render(*, pk: int, now: datetime) -> None:
    """Make the files of report `pk` if it waits for them. To be called outside a transaction, as often as you like."""
    if not begin_attempt(pk=pk, now=now):
        return
    try:
        keep_files(pk=pk, now=now)
    except Exception as error:
        # Without the traceback: its local variables and messages may hold text about a case.
        logger.error("Rapid review report %s could not be made: %s.", pk, type(error).__name__)
        give_up_after_last_attempt(pk=pk, now=now)


def _waiting(pk: int) -> ReviewReport | None:
    """The report, held, if it waits for its files and nobody else holds it."""
    waiting = ReviewReport.objects.select_for_update(skip_locked=True, of=("self",)).select_related("review__referral")
    found: ReviewReport | None = waiting.filter(pk=pk, state=ReportState.WAITING).first()
    return found


@workflow
def begin_attempt(*, pk: int, now: datetime) -> bool:
    """Count the attempt. False where there is nothing to do."""
    report = _waiting(pk)
    if report is None:
        return False
    if report.attempts >= MAX_ATTEMPTS:
        _give_up(report)
        return False
    report.attempts += 1
    report.started_at = now
    report.save(update_fields=["attempts", "started_at"])
    return True


@workflow
def keep_files(*, pk: int, now: datetime) -> ReviewReport | None:
    """Make the PDF and the Word file and keep them with their hashes; earlier ones of the same naming go.

    None where another delivery is doing or has done so.
    """
    report = _waiting(pk)
    if report is None:
        return None
    from rapid_reviews.report import pdf, word  # noqa: PLC0415 - a second and 46 MB that only the worker needs

    report.pdf, report.word = pdf.pdf(report.data), word.word(report.data)
    report.pdf_sha256, report.word_sha256 = _digest(report.pdf), _digest(report.word)
    report.pages, report.made_at, report.state = pdf.pages(report.pdf), now, ReportState.READY
    report.save(update_fields=["pdf", "word", "pdf_sha256", "word_sha256", "pages", "made_at", "state"])
    earlier = ReviewReport.objects.filter(review=report.review_id, naming=report.naming, pk__lt=report.pk)
    earlier.delete()
    note("report_made", by=None, review=report.review, what=_what(report), sha256=report.pdf_sha256)
    return report


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@workflow
def give_up_after_last_attempt(*, pk: int, now: datetime) -> None:
    report = _waiting(pk)
    if report is not None and report.attempts >= MAX_ATTEMPTS:
        _give_up(report)


def _give_up(report: ReviewReport) -> None:
    report.state = ReportState.FAILED
    report.save(update_fields=["state"])
    note("report_failed", by=None, review=report.review, what=_what(report), attempts=report.attempts)


@workflow
def record_download(*, report: ReviewReport, form: str, by: User) -> None:
    """Somebody took the file with them: "pdf" or "docx"."""
    name, form = report.name, {"pdf": "PDF", "docx": "Word file"}[form]
    review = report.review
    record(
        "rapid_review.report_downloaded", by=by, obj=review, reference=review.referral.reference,
        what=_what(report), form=form, file=name,
    )  # fmt: skip
