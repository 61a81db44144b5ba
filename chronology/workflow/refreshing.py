"""Bringing findings up to date after a large import: computed without a lock, kept if nothing changed meanwhile."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chronology import findings
from chronology.identity import Found
from chronology.models import Timeline
from chronology.workflow.importing import forget_previews
from core.guard import workflow

GRACE = timedelta(minutes=2)
TRIES = 3  # where rows keep changing; then the task is woken again


def refresh_stale(*, pk: int, now: datetime) -> bool:
    """Compute anew if rows changed since; False where there is nothing to do (a second delivery of the task).

    To be called outside a transaction: nobody who writes in the chronology waits while it computes.
    """
    for _ in range(TRIES):
        timeline = Timeline.objects.select_related("referral").filter(pk=pk, stale_since__isnull=False).first()
        if timeline is None:
            return False
        if keep_findings(pk=pk, revision=timeline.revision, found=findings.collect(timeline), now=now):
            return True
    findings.wake(pk)
    return False


@workflow
def keep_findings(*, pk: int, revision: int, found: Sequence[Found], now: datetime) -> bool:
    """Write what was computed from the chronology at `revision`; False, and nothing written, where it has changed."""
    timeline = Timeline.objects.select_for_update(of=("self",)).select_related("referral").get(pk=pk)
    if timeline.revision != revision:
        return False
    if timeline.stale_since is not None:  # else another delivery has done it
        findings.keep(timeline, found, now=now)
    return True


@workflow
def sweep(*, now: datetime) -> int:
    """Wake the task for chronologies that are stale for a while; returns how many."""
    forget_previews(now=now)
    late = list(
        Timeline.objects.filter(stale_since__lt=now - GRACE).order_by("stale_since").values_list("pk", flat=True)
    )
    for pk in late:
        findings.wake(pk)
    return len(late)
