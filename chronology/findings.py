"""Gaps, likely duplicates and contradictions, kept as rows. Called by the workflow, in its transaction.

Small cases are computed anew with every change; large ones around the rows that changed, or, after a large import,
by a task, which computes without a lock and writes only what differs. `Timeline.stale_since` is its queue.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q

from chronology import gaps, pairs
from chronology.choices import FindingKind
from chronology.identity import Found
from chronology.models import Dismissal, Finding, Row, Timeline

AT_ONCE = 3_000  # rows of a case up to which everything is computed in the change's own transaction
FEW = 50  # changed rows up to which a larger case is computed around them
BATCH = 10_000
PAIRS = (FindingKind.DUPLICATE, FindingKind.SEEN, FindingKind.DATES)
COLUMNS = ("kind", "child_id", "agency_id", "row_id", "other_id", "from_on", "until_on", "days", "why", "identity")


def refresh(timeline: Timeline, changed: Sequence[int], *, now: datetime) -> None:
    """Bring the findings up to date with the rows `changed`, here or, where that would take long, soon by a task."""
    timeline.revision += 1
    merged = Row.objects.filter(referral=timeline.referral_id).merged()
    is_small = not merged.order_by()[AT_ONCE : AT_ONCE + 1].values("pk").exists()
    if is_small and timeline.stale_since is None:
        compute(timeline, now=now)
    elif len(changed) <= FEW and timeline.stale_since is None:
        _around(timeline, changed)
        _write(timeline, _gaps(timeline), Q(kind=FindingKind.GAP))
        fresh(timeline, now)
    else:
        timeline.stale_since = timeline.stale_since or now
        timeline.save(update_fields=["stale_since", "revision"])
        wake(timeline.pk)


def wake(pk: int) -> None:
    """Tell the task after the commit; a sweep finds what it was not told."""
    from chronology.tasks import refresh_findings  # noqa: PLC0415 - the task calls the workflow, which calls this

    transaction.on_commit(lambda: refresh_findings.delay(pk))


def compute(timeline: Timeline, *, now: datetime) -> None:
    """Everything anew, under the case's lock."""
    keep(timeline, collect(timeline), now=now)


def collect(timeline: Timeline) -> list[Found]:
    """All findings of the rows as they stand. Reads only, and needs no lock: whoever keeps them checks `revision`."""
    rows = pairs.load(Row.objects.filter(referral=timeline.referral_id).merged())
    return [*pairs.findings(timeline.referral, rows), *_gaps(timeline)]


def keep(timeline: Timeline, found: Iterable[Found], *, now: datetime) -> None:
    """Make the findings of the locked chronology these."""
    _write(timeline, found, Q())
    fresh(timeline, now)


def _gaps(timeline: Timeline) -> Iterable[Found]:
    return gaps.findings(timeline.referral, timeline.gap_days)


def _around(timeline: Timeline, changed: Sequence[int]) -> None:
    """The pairs of which a changed row is one."""
    found: dict[tuple[str, int, int | None, int | None], Found] = {}
    for day in set(Row.objects.filter(pk__in=changed).values_list("happened_on", flat=True)):
        reach = timedelta(days=pairs.FAR)
        near = Row.objects.filter(referral=timeline.referral_id, happened_on__range=(day - reach, day + reach)).merged()
        for one in pairs.findings(timeline.referral, pairs.load(near), only=frozenset(changed), day=day):
            found[one.kind, one.row, one.other, one.child] = one  # two changed rows find each other twice
    mine = Q(kind__in=PAIRS) & (Q(row__in=changed) | Q(other__in=changed))
    _write(timeline, found.values(), mine)


def _write(timeline: Timeline, found: Iterable[Found], among: Q) -> None:
    """Make the findings `among` those of the case these: remove what is gone, add what is new, leave the rest."""
    dismissed = dict(
        Dismissal.objects.filter(referral=timeline.referral_id, restored_at__isnull=True).values_list("identity", "pk")
    )
    wanted = {(*one, dismissed.get(one.identity)) for one in found}
    there = Finding.objects.filter(among, referral=timeline.referral_id).order_by()
    gone = []
    for pk, *values in there.values_list("pk", *COLUMNS, "dismissal_id").iterator(BATCH):
        known = tuple(values)
        if known in wanted:
            wanted.discard(known)
        else:
            gone.append(pk)
    for start in range(0, len(gone), BATCH):
        Finding.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    _add(timeline, wanted)


def _add(timeline: Timeline, wanted: Iterable[tuple[Any, ...]]) -> None:
    """By COPY: tens of thousands of rows in a second or two, while the case is locked."""
    columns = ", ".join(f'"{name}"' for name in (*COLUMNS, "dismissal_id", "referral_id"))
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)  # None is written as nothing, which COPY reads as NULL; no text of a finding is empty
    for values in sorted(wanted, key=lambda one: (one[5], one[3], one[1] or 0, one[4] or 0)):
        writer.writerow((*values, timeline.referral_id))
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{Finding._meta.db_table}" ({columns}) FROM STDIN WITH (FORMAT csv)', lines)


def fresh(timeline: Timeline, now: datetime) -> None:
    """Say that the findings are up to date."""
    timeline.stale_since, timeline.refreshed_at = None, now
    timeline.save(update_fields=["stale_since", "refreshed_at", "revision"])
    recount(timeline)


def recount(timeline: Timeline) -> None:
    """Count anew what the pages tell."""
    rows = Row.objects.filter(referral=timeline.referral_id).merged().order_by().count()
    mine = Finding.objects.filter(referral=timeline.referral_id).exclude(kind=FindingKind.GAP, agency__isnull=False)
    kinds = mine.filter(dismissal__isnull=True).order_by().values("kind").annotate(n=Count("pk"))
    dismissed = Finding.objects.filter(referral=timeline.referral_id, dismissal__isnull=False).count()
    timeline.counts = dict(kinds.values_list("kind", "n")) | {"rows": rows, "dismissed": dismissed}
    timeline.save(update_fields=["counts"])
