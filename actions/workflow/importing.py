"""A log on its way in: kept with its columns, shown, then imported exactly as it was shown, or not at all."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max

from actions import imports, permissions
from actions.choices import ClosedBy, Kind, Note, Source
from actions.imports import LogTable
from actions.imports.reading import SAID
from actions.imports.values import Agencies
from actions.models import Action, Evidence, ImportPreview, OtherAgency, ProgressNote, RememberedColumns
from actions.states import Status
from actions.workflow.base import keep_reference, local_day, next_reference, note
from audit.workflow import record
from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, User
from rapid_reviews.models import RapidReview
from referrals.models import Referral

KEPT_FOR = timedelta(hours=24)
AGAIN = "Upload the file again to see what would be imported now."


class StalePreviewError(WorkflowError):
    """What was shown is no longer what would be imported."""


@workflow
def keep_upload(*, table: LogTable, file_name: str, by: User, now: datetime) -> ImportPreview:
    """Keep an upload, with its columns as they were named the last time, else as they can be guessed."""
    permissions.check_import(by, on=local_day(now))
    known = RememberedColumns.objects.filter(headings=imports.fingerprint(table.headings)).first()
    kept: ImportPreview = ImportPreview.objects.create(
        person=by, file_name=file_name[:200], table=table.as_json(), created_at=now,
        columns=known.columns if known else imports.guess(table.headings), rest=known.rest if known else "",
    )  # fmt: skip
    return kept


@workflow
def name_columns(
    *, preview: ImportPreview, columns: Mapping[str, int], rest: str, by: User, now: datetime
) -> ImportPreview:
    """Say which column is which; reads the rows anew and remembers the answer for the next file with these headings."""
    preview = _mine(preview, by, now)
    if preview.confirmed_at is not None or preview.emptied_at is not None:
        raise StalePreviewError(f"This upload is not open any more. {AGAIN}")
    missing = [column.heading for column in imports.COLUMNS if column.required and column.name not in columns]
    if missing:
        raise WorkflowError(f"Say which column has: {', '.join(missing)}.")
    if len(set(columns.values())) < len(columns):
        raise WorkflowError("Each column of the file can be one thing only.")
    table = LogTable.from_json(preview.table)
    reading = imports.read(table, columns, rest=rest.strip(), user=by, today=local_day(now))
    preview.columns, preview.rest, preview.rows = dict(columns), rest.strip(), reading.rows
    preview.faults = [fault.as_json() for fault in reading.faults]
    preview.notices, preview.count, preview.faulty_count = reading.notices, len(reading.rows), reading.faulty_rows
    preview.digest, preview.basis = digest_of(reading.rows), _basis()
    preview.save()
    RememberedColumns.objects.update_or_create(
        headings=imports.fingerprint(table.headings),
        defaults={"columns": dict(columns), "rest": rest.strip(), "person": by, "used_at": now},
    )
    return preview


def digest_of(rows: list[dict[str, Any]]) -> str:
    """SHA-256 over what a preview shows; the page sends it back."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _basis() -> str:
    """What the reading relied on: the log, the agencies, the cases with a rapid review."""
    log = sorted(Action.objects.aggregate(Count("pk"), Max("pk")).items())
    agencies = list(Agency.objects.order_by("pk").values_list("pk", "name", "short_name"))
    return hashlib.sha256(repr((log, agencies, RapidReview.objects.count())).encode()).hexdigest()


def _mine(preview: ImportPreview, by: User, now: datetime) -> ImportPreview:
    permissions.check_import(by, on=local_day(now))
    found: ImportPreview = ImportPreview.objects.select_for_update().visible_to(by).get(pk=preview.pk)
    return found


@workflow
def import_log(*, preview: ImportPreview, digest: str, by: User, now: datetime) -> int:
    """Import the rows that were shown, all of them or none; returns how many. Imported already: quiet.

    StalePreviewError, with a sentence, where another preview was shown, it is too old, or the log has changed since.
    """
    preview = _mine(preview, by, now)
    if preview.confirmed_at is not None:
        return preview.count
    if preview.emptied_at is not None or now - preview.created_at > KEPT_FOR:
        raise StalePreviewError(f"This preview is older than a day, so nothing was imported. {AGAIN}")
    if not preview.digest or digest != preview.digest or digest_of(preview.rows) != preview.digest:
        raise StalePreviewError(f"This is not the preview that you were shown, so nothing was imported. {AGAIN}")
    if _basis() != preview.basis:
        raise StalePreviewError(f"The log was changed after this preview was made, so nothing was imported. {AGAIN}")
    if not preview.rows:
        raise WorkflowError("There is no row without a fault in this file, so there is nothing to import.")
    _make(preview.rows, by, now)
    preview.confirmed_at = preview.emptied_at = now
    preview.rows, preview.faults, preview.table = [], [], {}
    preview.save()
    record("actions.imported", by=by, obj=preview, count=preview.count, digest=digest)
    return preview.count


class _World:
    """What rows refer to, fetched once."""

    def __init__(self, rows: list[dict[str, Any]], by: User) -> None:
        cases = [row["case"] for row in rows if row["case"]]
        visible = Referral.objects.visible_to(by).filter(reference__in=cases)
        self.cases = {case.reference: case for case in visible}
        self.reviews = {r.referral_id: r for r in RapidReview.objects.filter(referral__in=self.cases.values())}
        self.agencies = Agencies().by_pk()
        addresses = [row["lead_address"] for row in rows if row["lead_address"]]
        self.people = {user.email.lower(): user for user in User.objects.filter(email__in=addresses, is_active=True)}


def _make(rows: list[dict[str, Any]], by: User, now: datetime) -> None:
    world = _World(rows, by)
    for reference in sorted(row["reference"] for row in rows if row["reference"]):
        keep_reference(reference)
    others, notes, evidence = [], [], []
    for row in rows:
        action = _action(row, world, by, now)
        action.save()
        others += [OtherAgency(action=action, agency=world.agencies[pk]) for pk in row["others"]]
        label = {"by_label": f"{by}, from an imported log"}
        if row["progress"]:
            notes.append(ProgressNote(action=action, kind=Note.IMPORTED, text=row["progress"], by=by, at=now, **label))
        evidence += [
            Evidence(action=action, given_by=None, given_label="From an imported log", given_at=now, **one)
            for one in row["evidence"]
        ]
        note("imported", by=by, action=action)
    OtherAgency.objects.bulk_create(others)
    ProgressNote.objects.bulk_create(notes)
    Evidence.objects.bulk_create(evidence)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _action(row: dict[str, Any], world: _World, by: User, now: datetime) -> Action:
    today = local_day(now)
    case = world.cases[row["case"]] if row["case"] else None
    action = Action(
        reference=row["reference"] or next_reference(today.year), earlier_reference=row["earlier_reference"],
        status=row["status"], source=row["source"], referral=case, other_review=row["other_review"],
        rapid_review=world.reviews[case.pk] if case and row["source"] == Source.RAPID_REVIEW else None,
        meeting_on=_day(row["meeting_on"]) if row["source"] == Source.MEETING else None, meeting=row["meeting"],
        recommendation=row["recommendation"], owner=world.agencies[row["owner"]], text=row["text"],
        kind=Kind.MULTI if row["others"] else Kind.SINGLE, success_measure=row["success_measure"],
        due_on=_day(row["due_on"]), first_due_on=_day(row["first_due_on"]) or _day(row["due_on"]),
        at_risk_reason=row["at_risk"], impact_check_on=_day(row["impact_check_on"]), proposed_by=by, proposed_at=now,
    )  # fmt: skip
    _set_lead(action, row, world)
    if row["status"] != Status.PROPOSED:
        action.agreed_by, action.agreed_at = by, now
    if row["rag_override"]:
        action.rag_override, action.rag_override_reason, action.rag_override_by = (
            row["rag_override"],
            row["rag_reason"],
            by,
        )
    if row["impact"]:
        action.impact, action.impact_text, action.impact_by, action.impact_on = (
            row["impact"],
            row["impact_text"],
            by,
            today,
        )
    _end(action, _day(row["ended_on"]) or today, by)
    return action


def _set_lead(action: Action, row: dict[str, Any], world: _World) -> None:
    person = world.people.get(row["lead_address"])
    may_see = person is not None and (action.referral is None or action.referral.may_be_seen_by(person))
    if person is not None and may_see:
        action.lead = person
    else:
        action.lead_name, action.lead_address = row["lead"] or row["lead_address"], row["lead_address"]


def _end(action: Action, day: date, by: User) -> None:
    if action.status == Status.CLAIMED:
        action.claimed_on, action.claimed_label = day, SAID
    elif action.status == Status.CLOSED:
        action.closed_how, action.closed_on, action.closed_by = ClosedBy.EARLIER, day, by
    elif action.status == Status.CANCELLED:
        action.cancelled_on, action.cancelled_by, action.cancelled_reason = day, by, SAID


@workflow
def forget_previews(*, now: datetime) -> int:
    """Empty the uploads that nobody confirmed within a day; returns how many."""
    old = ImportPreview.objects.filter(created_at__lt=now - KEPT_FOR, emptied_at__isnull=True)
    return old.update(rows=[], faults=[], notices=[], table={}, emptied_at=now)
