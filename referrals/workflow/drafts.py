"""A draft, part by part. It need not be complete before it is recorded; nonsense is refused at once."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel import permissions as panel
from panel.models import Partnership, User
from panel.permissions import Permission
from referrals.choices import Kind
from referrals.dates import TITLES, faults
from referrals.models import HarmType, Referral, SuspectedHarm
from referrals.workflow.base import Facts, facts_of, is_new, local_day, move, note, take_draft, write

INCIDENT_FIELDS = (
    "nature",
    "incident_on",
    "incident_precision",
    "incident_time",
    "place_type",
    "la_area",
    "harm_other",
    "circumstances",
    "media_interest",
    "media_details",
    "legal_interest",
    "legal_details",
)
DATE_FIELDS = (
    "partnership_aware_on",
    "la_aware_on",
    "notified_on",
    "sin_reference",
    "partners_informed_on",
    "copy_received_on",
    "regulators_told_on",
    "late_reason",
    "late_told",
)

REFERRER_FIELDS = ("referring_agency", "referrer_name", "referrer_address")


@workflow
def start_draft(*, kind: Kind, by: User, now: datetime, key: uuid.UUID | None = None) -> Referral:
    """A new draft, written by `by`. The same `key` again (a double click) returns the first one."""
    panel.check(by, Permission.RECORD_CASE, on=local_day(now))
    draft: Referral
    draft, created = Referral.objects.get_or_create(
        key=key or uuid.uuid4(),
        defaults={
            "kind": kind,
            "created_by": by,
            "created_at": now,
            "la_area": Partnership.current().area,
        },
    )
    if created:
        note("draft_started", by=by, referral=draft, kind=draft.get_kind_display())
    elif draft.created_by_id != by.pk:
        raise WorkflowError("This draft was started by somebody else.")
    return draft


@workflow
def save_incident(
    *, draft: Referral, facts: Facts, harm_types: Iterable[HarmType], by: User, now: datetime, seen: str | None = None
) -> Referral:
    """Save what is known of the incident: `facts` by the names in INCIDENT_FIELDS, and the harm types suspected."""
    draft = take_draft(draft, by=by, now=now)
    harm_types = list(harm_types)
    check_dates(draft, facts, now)
    saved = incident_facts(draft)
    wanted = {**saved, **{name: facts[name] for name in INCIDENT_FIELDS if name in facts}, "harm_types": harm_types}
    if is_new(saved, wanted, seen):
        write_incident(draft, wanted, harm_types)
        note("draft_saved", by=by, referral=draft, part="the incident")
    return draft


def write_incident(referral: Referral, facts: Facts, harm_types: list[HarmType]) -> None:
    """Write the facts of the incident and its harm types, whatever stood there."""
    write(referral, **{name: facts[name] for name in INCIDENT_FIELDS})
    referral.suspected_harms.exclude(harm_type__in=harm_types).delete()
    kept = {harm.harm_type_id for harm in referral.suspected_harms.all()}
    for harm_type in harm_types:
        if harm_type.pk not in kept:
            SuspectedHarm(referral=referral, harm_type=harm_type).save()


def incident_facts(draft: Referral) -> dict[str, object]:
    """What the part "The incident" holds, for its form and its fingerprint."""
    harms = draft.suspected_harms.select_related("harm_type").order_by("harm_type__position", "pk")
    return {**facts_of(draft, INCIDENT_FIELDS), "harm_types": [harm.harm_type for harm in harms]}


@workflow
def save_dates(*, draft: Referral, facts: Facts, by: User, now: datetime, seen: str | None = None) -> Referral:
    """Save the dates: `facts` by the names in DATE_FIELDS. Raises WorkflowError for a date in the future."""
    draft = take_draft(draft, by=by, now=now)
    check_dates(draft, facts, now)
    saved = facts_of(draft, DATE_FIELDS)
    wanted = {**saved, **{name: facts[name] for name in DATE_FIELDS if name in facts}}
    if is_new(saved, wanted, seen):
        write(draft, **wanted)
        note("draft_saved", by=by, referral=draft, part="the dates")
    return draft


@workflow
def save_lead(*, draft: Referral, lead: User, by: User, now: datetime, seen: str | None = None) -> Referral:
    """Save who will lead the case."""
    draft = take_draft(draft, by=by, now=now)
    panel.check(lead, Permission.RECORD_CASE, on=local_day(now))
    if is_new({"lead": draft.lead}, {"lead": lead}, seen):
        write(draft, lead=lead)
        note("draft_saved", by=by, referral=draft, part="the lead")
    return draft


@workflow
def save_referrer(*, draft: Referral, facts: Facts, by: User, now: datetime, seen: str | None = None) -> Referral:
    """Save who refers the case: `facts` by the names in REFERRER_FIELDS. They get the letter of a redirection."""
    draft = take_draft(draft, by=by, now=now)
    saved = facts_of(draft, REFERRER_FIELDS)
    wanted = {**saved, **{name: facts[name] for name in REFERRER_FIELDS if name in facts}}
    if is_new(saved, wanted, seen):
        write(draft, **wanted)
        note("draft_saved", by=by, referral=draft, part="who refers")
    return draft


@workflow
def save_agencies_answer(*, draft: Referral, none_involved: bool, by: User, now: datetime) -> Referral:
    """Save the answer that no agency was involved (itself a concern), or take it back."""
    draft = take_draft(draft, by=by, now=now)
    if none_involved and draft.involved_agencies.exists():
        raise WorkflowError("You have added agencies. Remove them first if none was involved.")
    if draft.no_agency_involved != none_involved:
        write(draft, no_agency_involved=none_involved)
        note("draft_saved", by=by, referral=draft, part="the agencies")
    return draft


@workflow
def discard_draft(*, draft: Referral, by: User, now: datetime) -> None:
    """Put a draft away for good. Discarded already: quiet."""
    row = Referral.objects.select_for_update().get(pk=draft.pk)
    if row.status == "discarded":
        return
    move(row, "discard_draft", by=by, now=now)
    note("draft_discarded", by=by, referral=row)


def check_dates(draft: Referral, facts: Facts, now: datetime) -> None:
    """Raise WorkflowError for a date that lies in the future or contradicts another one of the draft."""
    together = facts_of(draft, [*TITLES, "incident_precision"]) | dict(facts)
    for fault in faults(together, today=local_day(now)):
        raise WorkflowError(f"{fault.sentence}.")
