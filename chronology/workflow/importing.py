"""A spreadsheet on its way in: kept as a preview, then imported exactly as it was shown, or not at all."""

import hashlib
import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max

from chronology import permissions
from chronology.facts import RowFacts, checked
from chronology.findings import refresh
from chronology.imports import Reading
from chronology.models import ConcernedChild, Preview, Row
from chronology.workflow.base import local_day, lock, note, write_facts
from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, User
from referrals.models import Child, Referral

KEPT_FOR = timedelta(hours=24)
BATCH = 1_000


class StalePreviewError(WorkflowError):
    """What was shown is no longer what would be imported."""


@workflow
def keep_preview(
    *,
    reading: Reading,
    referral: Referral,
    agency: Agency | None,
    file_name: str,
    by: User | None,
    now: datetime,
    by_label: str = "",
    source_key: str = "",
) -> Preview:
    """Keep what was read from a file, to be shown and confirmed. Nothing is imported by this."""
    who = permissions.check_write(by, by_label, source_key, referral, on=local_day(now))
    lock(referral)
    rows = [row.as_json() for row in reading.rows]
    kept: Preview = Preview.objects.create(
        referral=referral,
        agency=agency,
        source_key=source_key,
        file_name=file_name[:200],
        rows=rows,
        faults=[fault.as_json() for fault in reading.faults],
        notices=list(reading.notices),
        count=len(rows),
        faulty_count=reading.faulty_rows,
        digest=digest_of(rows),
        basis=_basis(referral, agency),
        created_by=by,
        created_label=who,
        created_at=now,
    )
    return kept


def digest_of(rows: list[dict[str, Any]]) -> str:
    """SHA-256 over what a preview shows; the page sends it back."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _basis(referral: Referral, agency: Agency | None) -> str:
    """What the reading relied on: the children, and the rows that the agency has already."""
    children = list(Child.objects.filter(referral=referral).order_by("pk").values_list("pk", "pseudonym"))
    last = Row.objects.filter(referral=referral, agency=agency).aggregate(
        Count("pk"), Max("created_at"), Max("changed_at"), Max("withdrawn_at")
    )
    return hashlib.sha256(repr((children, sorted(last.items()))).encode()).hexdigest()


@workflow
def import_rows(
    *,
    preview: Preview,
    digest: str,
    by: User | None,
    now: datetime,
    by_label: str = "",
    release: bool = True,
) -> int:
    """Import the preview's rows, all of them or none; returns how many. Imported already: quiet.

    `digest` is what the page that was confirmed had shown. StalePreviewError, with a sentence, where the preview is too
    old, another was shown, or the chronology has changed since. `release=False` for a return that is not sent yet.
    """
    referral = preview.referral
    who = permissions.check_write(by, by_label, preview.source_key, referral, on=local_day(now))
    timeline = lock(referral)
    preview = Preview.objects.select_for_update(of=("self",)).select_related("agency").get(pk=preview.pk)
    if preview.confirmed_at is not None:
        return preview.count
    _check_fresh(preview, digest, now)
    if not preview.rows:
        raise WorkflowError("There is no row without a fault in this file, so there is nothing to import.")
    source_key = preview.source_key or f"{permissions.IMPORT}{preview.pk}"
    rows = _make(preview, source_key, who, by=by, now=now, release=release)
    preview.confirmed_at, preview.emptied_at, preview.rows, preview.faults = now, now, [], []
    preview.save(update_fields=["confirmed_at", "emptied_at", "rows", "faults"])
    agency = preview.agency.short_name if preview.agency else "the Panel"
    note("rows_imported", by=by, who=who, referral=referral, obj=preview, count=len(rows), agency=agency, digest=digest)
    if release:
        refresh(timeline, [row.pk for row in rows], now=now)
    return len(rows)


def _check_fresh(preview: Preview, digest: str, now: datetime) -> None:
    again = "Upload the file again to see what would be imported now."
    if preview.emptied_at is not None or now - preview.created_at > KEPT_FOR:
        raise StalePreviewError(f"This preview is older than a day, so nothing was imported. {again}")
    if digest != preview.digest or digest_of(preview.rows) != preview.digest:
        raise StalePreviewError(f"This is not the preview that you were shown, so nothing was imported. {again}")
    if _basis(preview.referral, preview.agency) != preview.basis:
        raise StalePreviewError(
            f"The chronology was changed after this preview was made, so nothing was imported. {again}"
        )


def _make(preview: Preview, source_key: str, who: str, *, by: User | None, now: datetime, release: bool) -> list[Row]:
    children = {child.pk: child for child in Child.objects.filter(referral=preview.referral)}
    made, concerned = [], []
    for values in preview.rows:
        facts = checked(facts_from(values, children), preview.referral, today=local_day(now))
        row = Row(referral=preview.referral, agency=preview.agency, source_key=source_key)
        row.created_by, row.created_label, row.created_at = by, who, now
        row.released_at = now if release else None
        write_facts(row, facts)
        made.append(row)
        concerned += [(row, child) for child in facts.children]
    made = Row.objects.bulk_create(made, batch_size=BATCH)
    ConcernedChild.objects.bulk_create(
        [ConcernedChild(row=row, child=child) for row, child in concerned], batch_size=BATCH
    )
    return made


def facts_from(values: dict[str, Any], children: dict[int, Child]) -> RowFacts:
    """The facts of one row of a preview."""
    named = values["children"]
    plain = {name: values[name] for name in ("precision", "source", "event", "who", "child_seen", "response")}
    return RowFacts(
        **plain,
        comment=values["comment"],
        happened_on=date.fromisoformat(values["happened_on"]),
        happened_time=time.fromisoformat(values["happened_time"]) if values["happened_time"] else None,
        concerns_all=not named,
        children=tuple(children[pk] for pk in named),
    )


@workflow
def forget_previews(*, now: datetime) -> int:
    """Empty the previews that nobody confirmed within a day: an upload is not kept because somebody went home."""
    old = Preview.objects.filter(created_at__lt=now - KEPT_FOR, emptied_at__isnull=True)
    return old.update(rows=[], faults=[], notices=[], file_name="", emptied_at=now)
