"""Evidence bundles: asked for, made by a worker, taken, and removed when their time is over.

The row is the queue. A worker claims it (committed), works outside a transaction and gives a sign of life with each
step. One whose signs stop is lost, and the sweep has another worker claim the row: the attempt's number says whose it
is, so that a slow worker that comes back finds that it is no longer its own.
"""

import logging
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from kombu.exceptions import OperationalError

from core.guard import workflow
from documents.models import Document
from panel.models import User
from rapid_reviews.bundles import access, store
from rapid_reviews.choices import Variant
from rapid_reviews.models import Bundle, RapidReview, SafeCopy
from rapid_reviews.states import BUNDLES, BundleStatus
from rapid_reviews.workflow.base import local_day, note, words

logger = logging.getLogger(__name__)

MAKE_TASK = "rapid_reviews.tasks.make_bundle"
MAX_ATTEMPTS = 3
LOST_AFTER = timedelta(minutes=10)  # without a sign of life; the longest step is a long chronology
GRACE = timedelta(hours=24)
Clock = Callable[[], datetime]


class LostClaim(Exception):
    """Another worker has taken the bundle up, or it was ended."""


@workflow
def ask_bundle(*, review: RapidReview, variant: Variant, by: User, now: datetime) -> Bundle:
    """Ask for a bundle. While one of this variant is being made, or waits, that one is the answer."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("referral").get(pk=review.pk)
    variant = Variant(variant)
    access.check_variant(by, review, variant, on=local_day(now))
    found: Bundle | None = review.bundles.under_way().filter(variant=variant).first()
    if found is not None:
        return found
    bundle = Bundle(review=review, variant=variant, asked_by=by, asked_at=now)
    bundle.save()
    note("bundle_asked", by=by, review=review, variant=variant.label.lower())
    transaction.on_commit(lambda: wake(bundle.pk), robust=True)
    return bundle


def wake(pk: int) -> bool:
    """Wake a worker. Where the broker is away, the next sweep does it."""
    try:
        current_app.send_task(MAKE_TASK, args=[pk], retry=True, retry_policy={"max_retries": 1, "interval_start": 0})
    except (OperationalError, OSError) as error:
        logger.warning("The broker is away (%s); the next sweep wakes the worker.", type(error).__name__)
        return False
    return True


def make(*, pk: int, clock: Clock) -> None:
    """Make bundle `pk` if it waits for that. To be called outside a transaction, as often as you like."""
    bundle = claim(pk=pk, now=clock())
    if bundle is None:
        return
    try:
        _make(bundle, clock)
    except LostClaim:
        store.delete(bundle.key.hex, bundle.attempts)
    except Exception as error:
        # Without the traceback: its local variables and messages may hold text about a case.
        logger.error("Bundle %s could not be made: %s.", pk, type(error).__name__)
        store.delete(bundle.key.hex, bundle.attempts)
        release(bundle=bundle, now=clock())


def _make(bundle: Bundle, clock: Clock) -> None:
    from rapid_reviews.bundles import making, packing  # noqa: PLC0415 - WeasyPrint: 46 MB that only the worker needs

    def tell(step: str, done: int, of: int) -> None:
        beat(bundle=bundle, step=step, done=done, of=of, now=clock())

    with tempfile.TemporaryDirectory(prefix="bundle-") as folder:
        made = making.make(
            bundle.review, Variant(bundle.variant), Path(folder), name=bundle.name, now=clock(), tell=tell
        )
        key, attempt = bundle.key.hex, bundle.attempts
        store.save(key, attempt, "pdf", made.pdf)
        store.save(key, attempt, "zip", made.zip)
        facts = {
            "pages": made.pages, "files": made.listing,
            "pdf_size": made.pdf.stat().st_size, "pdf_sha256": packing.sha256(made.pdf),
            "zip_size": made.zip.stat().st_size, "zip_sha256": packing.sha256(made.zip),
        }  # fmt: skip
    keep(bundle=bundle, facts=facts, now=clock())


def _mine(bundle: Bundle) -> Bundle:
    """The row, locked, if this attempt still holds it."""
    row: Bundle | None = Bundle.objects.select_for_update().filter(
        pk=bundle.pk, status=BundleStatus.MAKING, attempts=bundle.attempts
    ).first()  # fmt: skip
    if row is None:
        raise LostClaim
    return row


@workflow
def claim(*, pk: int, now: datetime) -> Bundle | None:
    """Take the bundle up. None where it is done, another worker is at it, or it has been tried too often."""
    waiting = Q(status=BundleStatus.WAITING) | Q(status=BundleStatus.MAKING, beat_at__lte=now - LOST_AFTER)
    rows = Bundle.objects.select_for_update(skip_locked=True, of=("self",)).filter(waiting, pk=pk)
    bundle: Bundle | None = rows.select_related("review__referral", "review__clock").first()
    if bundle is None:
        return None
    if bundle.attempts >= MAX_ATTEMPTS:
        _give_up(bundle)
        return None
    bundle.status = BUNDLES.check(bundle.status, "claim").target
    bundle.attempts += 1
    bundle.beat_at, bundle.step, bundle.done = now, "Beginning", 0
    bundle.save(update_fields=["status", "attempts", "beat_at", "step", "done"])
    return bundle


@workflow
def beat(*, bundle: Bundle, step: str, done: int, of: int, now: datetime) -> None:
    """A sign of life, and how far it is. LostClaim where it is no longer this worker's."""
    row = _mine(bundle)
    row.step, row.done, row.of, row.beat_at = step, done, of, now
    row.save(update_fields=["step", "done", "of", "beat_at"])


@workflow
def keep(*, bundle: Bundle, facts: dict[str, object], now: datetime) -> Bundle:
    """It is made, and stays for BUNDLE_DAYS."""
    row = _mine(bundle)
    row.status = BUNDLES.check(row.status, "keep").target
    facts |= {"made_at": now, "keep_until": now + timedelta(days=settings.BUNDLE_DAYS), "step": ""}
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=["status", *facts])
    note("bundle_made", by=None, review=row.review, variant=row.get_variant_display().lower(), sha256=row.zip_sha256)
    return row


@workflow
def release(*, bundle: Bundle, now: datetime) -> None:
    """After a failure: the sweep tries again, until it has been tried too often."""
    row: Bundle | None = Bundle.objects.select_for_update().filter(
        pk=bundle.pk, status=BundleStatus.MAKING, attempts=bundle.attempts
    ).first()  # fmt: skip
    if row is None:
        return
    if row.attempts >= MAX_ATTEMPTS:
        _give_up(row)
        return
    row.beat_at = now - LOST_AFTER
    row.save(update_fields=["beat_at"])


def _give_up(bundle: Bundle) -> None:
    bundle.status = BUNDLES.check(bundle.status, "give_up").target
    bundle.save(update_fields=["status"])
    note("bundle_failed", by=None, review=bundle.review, variant=bundle.get_variant_display().lower())


@workflow
def take_bundle(*, bundle: Bundle, kind: str, by: User, now: datetime) -> File:
    """The file to give to `by`; that it was taken is kept first. FileNotFoundError where it is missing."""
    access.check_variant(by, bundle.review, Variant(bundle.variant), on=local_day(now))
    file = store.open_file(bundle.key.hex, bundle.attempts, kind)
    variant = bundle.get_variant_display().lower()
    note("bundle_taken", by=by, review=bundle.review, variant=variant, kind=kind.upper(), bundle=bundle.name)
    return file


def sweep(*, now: datetime) -> int:
    """Wake workers for what waits or was lost, and remove what is past its time; returns how many were woken."""
    for pk in Bundle.objects.filter(status=BundleStatus.READY, keep_until__lte=now).values_list("pk", flat=True):
        remove(pk=pk, now=now)
    kept = Bundle.objects.exclude(status__in=[BundleStatus.REMOVED, BundleStatus.FAILED])
    store.remove_strays({key.hex for key in kept.values_list("key", flat=True)}, before=now - GRACE)
    waiting = Q(status=BundleStatus.WAITING) | Q(status=BundleStatus.MAKING, beat_at__lte=now - LOST_AFTER)
    return sum(wake(pk) for pk in Bundle.objects.filter(waiting).values_list("pk", flat=True))


@workflow
def remove(*, pk: int, now: datetime) -> None:
    """Its time is over: the files go after the commit, the row stays."""
    rows = Bundle.objects.select_for_update(skip_locked=True).filter(pk=pk, status=BundleStatus.READY)
    bundle: Bundle | None = rows.filter(keep_until__lte=now).first()
    if bundle is not None:
        _remove(bundle, now)


def _remove(bundle: Bundle, now: datetime) -> None:
    bundle.status = BUNDLES.check(bundle.status, "remove").target
    bundle.removed_at = now
    bundle.save(update_fields=["status", "removed_at"])
    note("bundle_removed", by=None, review=bundle.review, variant=bundle.get_variant_display().lower())
    key, attempt = bundle.key.hex, bundle.attempts
    transaction.on_commit(lambda: store.delete(key, attempt), robust=True)


@workflow
def mark_safe_copy(*, review: RapidReview, document: Document, reason: str, by: User, now: datetime) -> SafeCopy:
    """Say that a document names no child and nobody of the family. Marked before is quiet."""
    access.check_mark(by, review, on=local_day(now))
    reason = words(reason, "Say what you checked.")
    mark, is_new = SafeCopy.objects.get_or_create(
        document=document, defaults={"reason": reason, "marked_by": by, "marked_at": now}
    )
    if is_new:
        note("copy_marked_safe", by=by, review=review, text=reason, document_name=document.name)
    return mark


@workflow
def unmark_safe_copy(*, review: RapidReview, document: Document, by: User, now: datetime) -> None:
    """Take the mark back, and the redacted bundles of the case, which may hold the document. Not marked: quiet."""
    access.check_mark(by, review, on=local_day(now))
    if not SafeCopy.objects.filter(document=document).delete()[0]:
        return
    note("copy_unmarked", by=by, review=review, document_name=document.name)
    redacted = review.bundles.select_for_update().filter(variant=Variant.REDACTED)
    for bundle in redacted.filter(status=BundleStatus.READY):
        _remove(bundle, now)
    for bundle in redacted.filter(status=BundleStatus.MAKING):
        bundle.status = BUNDLES.check(bundle.status, "begin_again").target
        bundle.save(update_fields=["status"])
