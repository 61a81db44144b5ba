"""A draft becomes a case: reference, pseudonyms, snapshot, clocks, letters, all or nothing."""

from datetime import datetime
from string import ascii_uppercase
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from deadlines import calendar
from panel.models import Partnership, User
from referrals import emails
from referrals.choices import Kind
from referrals.models import Child, ReferenceCounter, Referral
from referrals.sections import looked_after_child_died, missing
from referrals.states import TABLE, Status
from referrals.workflow.base import local_day, lock, note, take_draft, write
from referrals.workflow.clocks import complete, start_looked_after, start_notification
from referrals.workflow.people import name_people

# What is frozen at notification, by the field it comes from.
SNAPSHOT = (
    "sex",
    "gender_identity",
    "ethnicity",
    "ethnicity_reason",
    "disability",
    "disability_details",
    "disability_reason",
    "religion",
    "first_language",
    "legal_status",
    "plan_category",
    "care_section",
    "placement",
    "school",
)


@workflow
def record_referral(*, draft: Referral, by: User, now: datetime) -> Referral:
    """Record a complete draft as a case. Recorded already (a double click): the case as it is.

    WorkflowError, saying what is missing, for an incomplete draft; the statutory clocks of a notification count from
    the day on which the local authority became aware (Children Act 2004 s16C(1)).
    """
    row = lock(draft)
    if row.reference and row.may_be_seen_by(by, on=local_day(now)):
        return row
    row = take_draft(draft, by=by, now=now)
    TABLE.check(row.status, "record")
    wanted = missing(row, calendar.current())
    if wanted:
        raise WorkflowError("This cannot be recorded yet. " + ". ".join(wanted) + ".")
    reference = next_reference(local_day(now).year)
    write(row, reference=reference, status=Status.RECORDED, recorded_by=by, recorded_at=now)
    row.involved_agencies.update(from_the_start=True)
    children = name_children(row)
    name_people(row)
    _start_clocks(row, children, by=by, now=now)
    note("recorded", by=by, referral=row, kind=row.get_kind_display().lower(), children=len(children))
    emails.queue_recorded(row, by=by, now=now)
    return row


def next_reference(year: int) -> str:
    """The next reference of a year: its counter's row stays locked until the case is there, so no number is lost."""
    ReferenceCounter.objects.get_or_create(year=year)
    counter = ReferenceCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{Partnership.current().reference_prefix}-{year}-{counter.last:03d}"


def pseudonym(number: int) -> str:
    """ "Child A" for 0 … "Child Z" for 25, then "Child A1", "Child B1" …"""
    rounds, letter = divmod(number, len(ascii_uppercase))
    return f"Child {ascii_uppercase[letter]}{rounds or ''}"


def name_children(referral: Referral) -> list[Child]:
    """Pseudonyms and the frozen characteristics; the index child is Child A."""
    children = sorted(referral.children.all(), key=lambda child: (not child.is_index, child.position))
    for number, child in enumerate(children):
        write(child, pseudonym=pseudonym(number), snapshot=_snapshot(child, referral))
    return children


def _snapshot(child: Child, referral: Referral) -> dict[str, Any]:
    """The characteristics in words, as they were known at notification."""
    frozen: dict[str, Any] = {"age": child.age_on(referral.incident_on)}
    for name in SNAPSHOT:
        in_words = getattr(child, f"get_{name}_display", None)
        frozen[name] = in_words() if in_words else getattr(child, name)
    return frozen


def _start_clocks(referral: Referral, children: list[Child], *, by: User, now: datetime) -> None:
    if referral.kind == Kind.SIN and referral.la_aware_on is not None:
        start_notification(referral, trigger_on=referral.la_aware_on, by=by, now=now)
    aware_on = referral.la_aware_on or referral.partnership_aware_on
    if looked_after_child_died(children) and aware_on is not None:
        start_looked_after(referral, trigger_on=aware_on, by=by, now=now)
    reasons = {"late_reason": referral.late_reason, "told": referral.late_told}
    complete(referral, "notify_clock", on=referral.notified_on, by=by, now=now, **reasons)
    complete(referral, "inform_clock", on=referral.partners_informed_on, by=by, now=now, **reasons)
    complete(referral, "looked_after_clock", on=referral.regulators_told_on, by=by, now=now, **reasons)
