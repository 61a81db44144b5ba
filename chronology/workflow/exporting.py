"""A long PDF: asked for, made part by part by a task, kept for a day, removed by the sweep.

The row with the status "making" is the queue. An attempt is counted and committed first, so that rows that kill their
worker do not do so for ever; then one part is made under the row's lock, so that a second delivery of the task finds
the row held and leaves. The lock is the export's: nobody else waits for it.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from chronology.models import Export, Timeline
from chronology.states import TABLE, ExportStatus
from chronology.workflow.base import local_day, note
from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from panel.models import User
from panel.permissions import Permission
from referrals import permissions as cases
from referrals.models import Referral

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(hours=24)
STUCK_AFTER = timedelta(minutes=3)  # a part takes some ten seconds, putting the parts together up to a minute
MAX_ATTEMPTS = 3  # for one part
BEGIN_AGAIN = 3  # times, where rows change meanwhile; then it tells them as they are


def check_export(by: User, referral: Referral, *, with_names: bool, on: Any) -> None:
    """Raise NotPermitted unless the person sees the case, and its names where the export shows them."""
    cases.check(by, Permission.SEE_CASES, referral, on=on)
    if with_names and not cases.can_see_names(by, referral, on=on):
        raise NotPermitted("You may not see the names of the people in this case.")


@workflow
def ask_export(
    *, referral: Referral, filters: dict[str, str], rows: int, with_names: bool, by: User, now: datetime
) -> Export:
    """Have a PDF of the filtered rows made. The same asked for again, of the same rows: quiet, the one there is."""
    check_export(by, referral, with_names=with_names, on=local_day(now))
    timeline = Timeline.objects.select_for_update(of=("self",)).filter(referral=referral).first()
    if timeline is None or not rows:
        raise WorkflowError("There are no rows to make a PDF of.")
    mine = Export.objects.filter(referral=referral, asked_by=by, with_names=with_names, revision=timeline.revision)
    there = mine.filter(filters=filters, status__in=[ExportStatus.MAKING, ExportStatus.READY]).first()
    if there is not None:
        return there
    made: Export = Export.objects.create(
        referral=referral, asked_by=by, asked_at=now, with_names=with_names, filters=filters, rows_total=rows,
        revision=timeline.revision,
    )  # fmt: skip
    names = "with names" if with_names else "by pseudonym"
    note("export_asked", by=by, who=str(by), referral=referral, obj=made, count=rows, names=names)
    wake_export(made.pk)
    return made


def wake_export(pk: int) -> None:
    """Tell the task after the commit; a sweep finds what it was not told."""
    from chronology.tasks import make_export  # noqa: PLC0415 - the task calls the workflow, which calls this

    transaction.on_commit(lambda: make_export.delay(pk), robust=True)


def make_export_part(*, pk: int, now: datetime) -> bool:
    """Make the next part of export `pk`; False where nothing is left to do. To be called outside a transaction."""
    if not begin_attempt(pk=pk, now=now):
        return False
    try:
        return keep_part(pk=pk, now=now)
    except Exception as error:
        # Without the traceback: its local variables and messages may hold text about a case.
        logger.error("Export %s could not be made into a PDF: %s.", pk, type(error).__name__)
        return give_up_after_last_attempt(pk=pk)


def _waiting(pk: int) -> Export | None:
    """The export, held, if it is being made and nobody else holds it."""
    found: Export | None = (
        Export.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("referral", "asked_by")
        .filter(pk=pk, status=ExportStatus.MAKING)
        .first()
    )
    return found


@workflow
def begin_attempt(*, pk: int, now: datetime) -> bool:
    """Count the attempt. False where there is nothing to do."""
    export = _waiting(pk)
    if export is None:
        return False
    if export.attempts >= MAX_ATTEMPTS:
        _give_up(export)
        return False
    export.attempts, export.tried_at = export.attempts + 1, now
    export.save(update_fields=["attempts", "tried_at"])
    return True


@workflow
def keep_part(*, pk: int, now: datetime) -> bool:
    """Make one part, or, after the last, the whole; False when it is ready or nobody may have it any more."""
    export = _waiting(pk)
    if export is None:
        return False
    try:
        check_export(export.asked_by, export.referral, with_names=export.with_names, on=local_day(now))
    except NotPermitted:
        _remove(export, now)
        return False
    from chronology import long_pdf  # noqa: PLC0415 - WeasyPrint: a second and 46 MB that only the worker needs

    _begin_again_if_changed(export)
    part = long_pdf.next_part(export, on=local_day(now))
    export.attempts = 0
    if part is not None:
        part.save()
        export.rows_done += part.rows
        export.save(update_fields=["attempts", "rows_done"])
        wake_export(pk)
        return True
    content, export.pages = long_pdf.whole(export, on=local_day(now))
    export.content, export.ready_at = content, now
    export.status = TABLE.check(export.status, "keep").target
    export.save(update_fields=["attempts", "pages", "content", "ready_at", "status"])
    export.parts.all().delete()
    return False


def _begin_again_if_changed(export: Export) -> None:
    """Where rows changed since it was begun, the parts do not fit together: forget them."""
    revision = Timeline.objects.values_list("revision", flat=True).get(referral=export.referral_id)
    if revision == export.revision or export.begun_again >= BEGIN_AGAIN:
        return
    export.parts.all().delete()
    export.revision, export.rows_done, export.begun_again = revision, 0, export.begun_again + 1
    export.save(update_fields=["revision", "rows_done", "begun_again"])


@workflow
def give_up_after_last_attempt(*, pk: int) -> bool:
    """Whether there is another attempt; the sweep wakes it."""
    export = _waiting(pk)
    if export is None or export.attempts < MAX_ATTEMPTS:
        return export is not None
    _give_up(export)
    return False


def _give_up(export: Export) -> None:
    export.status = TABLE.check(export.status, "give_up").target
    export.save(update_fields=["status"])
    note("export_failed", by=None, who="", referral=export.referral, obj=export, count=export.rows_total)


@workflow
def make_export_again(*, export: Export, by: User, now: datetime) -> Export:
    """Try once more after giving up. Being made or ready already: quiet."""
    found: Export = Export.objects.select_for_update(of=("self",)).select_related("referral").get(pk=export.pk)
    if found.asked_by_id != by.pk:
        raise NotPermitted("Somebody else asked for this PDF.")
    check_export(by, found.referral, with_names=found.with_names, on=local_day(now))
    if found.status in (ExportStatus.MAKING, ExportStatus.READY):
        return found
    found.status = TABLE.check(found.status, "make_again").target
    found.attempts, found.tried_at, found.asked_at = 0, None, now
    found.save(update_fields=["status", "attempts", "tried_at", "asked_at"])
    wake_export(found.pk)
    return found


def _remove(export: Export, now: datetime) -> None:
    export.parts.all().delete()
    export.status = TABLE.check(export.status, "remove").target
    export.content, export.filters, export.removed_at = None, {}, now
    export.save(update_fields=["status", "content", "filters", "removed_at"])


@workflow
def sweep_exports(*, now: datetime) -> int:
    """Remove what is older than a day; wake the task for what its worker lost. Returns how many were removed."""
    old = Export.objects.exclude(status=ExportStatus.REMOVED).filter(asked_at__lt=now - KEPT_FOR).defer("content")
    gone = list(old.select_for_update(skip_locked=True, of=("self",)))
    for export in gone:
        _remove(export, now)
    stuck = Q(tried_at__isnull=True, asked_at__lt=now - STUCK_AFTER) | Q(tried_at__lt=now - STUCK_AFTER)
    for pk in Export.objects.filter(stuck, status=ExportStatus.MAKING).values_list("pk", flat=True):
        wake_export(pk)
    return len(gone)
