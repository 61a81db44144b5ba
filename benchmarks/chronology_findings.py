"""Findings of 40,000 rows (20 agencies x 2,000): computing and writing them as now and as before, in one run.

"Before" is kept here: every candidate by letters, and every finding removed and written anew under the case's lock.
Everything happens in a transaction that is rolled back. For the standard input of `manage.py shell`.
"""

import time

from django.db import transaction
from django.utils import timezone
from rapidfuzz import fuzz, process

from benchmarks.cases import agencies, fill, person, recorded
from chronology import findings, pairs
from chronology.identity import Found
from chronology.models import Finding, Row
from core.guard import workflow


def before(timeline):
    """(seconds with the lock held, findings): how it was until November 2026."""
    start = time.perf_counter()
    Finding.objects.filter(referral=timeline.referral_id).delete()
    rows = pairs.load(Row.objects.filter(referral=timeline.referral_id).merged())
    by_letters, by_words = [], pairs._alike
    for number, row in enumerate(rows):
        candidates = []
        for other in rows[number + 1 : number + 1 + 2 * pairs.CANDIDATES]:
            if (other.day - row.day).days > pairs.FAR or len(candidates) == pairs.CANDIDATES:
                break
            if other.agency != row.agency and other.words >= pairs.ENOUGH_WORDS:
                candidates.append(other)
        texts = {n: other.text for n, other in enumerate(candidates)}
        for _, score, n in process.extract(
            row.text, texts, scorer=fuzz.token_set_ratio, processor=None, score_cutoff=pairs.ALIKE, limit=pairs.BEST
        ):
            by_letters += [pairs._found(*pair) for pair in pairs._told(row, candidates[n], score)]
    try:
        pairs._alike = lambda rows, wanted: iter(())
        found = [*by_letters, *pairs.findings(timeline.referral, rows), *findings._gaps(timeline)]
    finally:
        pairs._alike = by_words
    Finding.objects.bulk_create([_row(timeline, one) for one in found], batch_size=1_000)
    findings.fresh(timeline, timezone.now())
    return time.perf_counter() - start, {one.identity for one in found}


def _row(timeline, found: Found):
    values = dict(zip(findings.COLUMNS, found, strict=True))
    return Finding(referral_id=timeline.referral_id, **values)


def after(timeline):
    """(seconds computing, seconds with the lock held, findings)."""
    start = time.perf_counter()
    found = findings.collect(timeline)
    computed = time.perf_counter()
    findings.keep(timeline, found, now=timezone.now())
    return computed - start, time.perf_counter() - computed, {one.identity for one in found}


@workflow
def compare(timeline):
    old, told_old = before(timeline)
    Finding.objects.filter(referral=timeline.referral_id).delete()
    computing, locked, told = after(timeline)
    _, again, _ = after(timeline)
    one = Row.objects.filter(referral=timeline.referral_id).order_by("order")[20_000]
    start = time.perf_counter()
    findings.refresh(timeline, [one.pk], now=timezone.now())
    single = time.perf_counter() - start
    same = len(told & told_old) / len(told_old)
    print(f"{len(told)} findings, {same:.1%} of those of before")  # noqa: T201
    print(f"all of it: {old / (computing + locked):.1f} times as fast as before")  # noqa: T201
    new, none = old / locked, old / again
    print(f"with the lock held: 1/{new:.1f} of the time before where all are new, 1/{none:.1f} where none is")  # noqa: T201
    print(f"one row changed: 1/{old / single:.0f}")  # noqa: T201
    print(f"(seconds: {old:.1f} before; {computing:.1f} + {locked:.1f} now; {again:.1f}; {single:.2f})")  # noqa: T201


def main():
    with transaction.atomic():
        compare(fill(recorded(person(), "BENCH-2026-40000"), agencies(), 40_000))
        transaction.set_rollback(True)


main()
