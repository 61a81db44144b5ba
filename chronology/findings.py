"""Gaps, likely duplicates and contradictions, kept as rows. Called by the workflow, in its transaction.

Small cases are computed anew with every change; large ones around the rows that changed, or, after a large import,
by a task. `Timeline.stale_since` is its queue.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from chronology import gaps, pairs
from chronology.choices import FindingKind
from chronology.models import Finding, Row, Timeline

AT_ONCE = 3_000  # rows of a case up to which everything is computed in the change's own transaction
FEW = 50  # changed rows up to which a larger case is computed around them
BATCH = 1_000
PAIRS = (FindingKind.DUPLICATE, FindingKind.SEEN, FindingKind.DATES)


def refresh(timeline: Timeline, changed: Sequence[int], *, now: datetime) -> None:
    """Bring the findings up to date with the rows `changed`, here or, where that would take long, soon by a task."""
    merged = Row.objects.filter(referral=timeline.referral_id).merged()
    is_small = not merged.order_by()[AT_ONCE : AT_ONCE + 1].values("pk").exists()
    if is_small and timeline.stale_since is None:
        compute(timeline, now=now)
    elif len(changed) <= FEW and timeline.stale_since is None:
        _around(timeline, changed)
        _gaps(timeline)
        _fresh(timeline, now)
    else:
        if timeline.stale_since is None:
            timeline.stale_since = now
            timeline.save(update_fields=["stale_since"])
        wake(timeline.pk)


def wake(pk: int) -> None:
    """Tell the task after the commit; a sweep finds what it was not told."""
    from chronology.tasks import refresh_findings  # noqa: PLC0415 - the task calls the workflow, which calls this

    transaction.on_commit(lambda: refresh_findings.delay(pk))


def compute(timeline: Timeline, *, now: datetime) -> None:
    """Everything anew."""
    Finding.objects.filter(referral=timeline.referral_id, kind__in=PAIRS).delete()
    rows = pairs.load(Row.objects.filter(referral=timeline.referral_id).merged())
    Finding.objects.bulk_create(pairs.findings(timeline.referral, rows), batch_size=BATCH)
    _gaps(timeline)
    _fresh(timeline, now)


def _gaps(timeline: Timeline) -> None:
    Finding.objects.filter(referral=timeline.referral_id, kind=FindingKind.GAP).delete()
    Finding.objects.bulk_create(gaps.findings(timeline.referral, timeline.gap_days), batch_size=BATCH)


def _around(timeline: Timeline, changed: Sequence[int]) -> None:
    """The pairs of which a changed row is one."""
    mine = Finding.objects.filter(referral=timeline.referral_id, kind__in=PAIRS)
    mine.filter(Q(row__in=changed) | Q(other__in=changed)).delete()
    found: dict[tuple[str, int, int | None, int | None], Finding] = {}
    for day in set(Row.objects.filter(pk__in=changed).values_list("happened_on", flat=True)):
        reach = timedelta(days=pairs.FAR)
        near = Row.objects.filter(referral=timeline.referral_id, happened_on__range=(day - reach, day + reach)).merged()
        for one in pairs.findings(timeline.referral, pairs.load(near), only=frozenset(changed), day=day):
            found[one.kind, one.row_id, one.other_id, one.child_id] = one  # two changed rows find each other twice
    Finding.objects.bulk_create(found.values(), batch_size=BATCH)


def _fresh(timeline: Timeline, now: datetime) -> None:
    rows = Row.objects.filter(referral=timeline.referral_id).merged().order_by().count()
    mine = Finding.objects.filter(referral=timeline.referral_id).exclude(kind=FindingKind.GAP, agency__isnull=False)
    kinds = mine.order_by().values("kind").annotate(n=Count("pk")).values_list("kind", "n")
    timeline.counts = dict(kinds) | {"rows": rows}
    timeline.stale_since, timeline.refreshed_at = None, now
    timeline.save(update_fields=["stale_since", "refreshed_at", "counts"])
