"""Bringing findings up to date after a large import."""

from datetime import datetime, timedelta

from chronology.findings import compute, wake
from chronology.models import Timeline
from chronology.workflow.importing import forget_previews
from core.guard import workflow

GRACE = timedelta(minutes=2)


@workflow
def refresh_stale(*, pk: int, now: datetime) -> bool:
    """Compute anew if rows changed since; False where there is nothing to do (a second delivery of the task)."""
    timeline = Timeline.objects.select_for_update(of=("self",)).select_related("referral").filter(pk=pk).first()
    if timeline is None or timeline.stale_since is None:
        return False
    compute(timeline, now=now)
    return True


@workflow
def sweep(*, now: datetime) -> int:
    """Wake the task for chronologies that are stale for a while; returns how many."""
    forget_previews(now=now)
    late = list(
        Timeline.objects.filter(stale_since__lt=now - GRACE).order_by("stale_since").values_list("pk", flat=True)
    )
    for pk in late:
        wake(pk)
    return len(late)
