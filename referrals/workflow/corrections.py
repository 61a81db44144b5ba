"""What turns out later about a recorded case and its children. What was notified of a child stays frozen as it was."""

from collections.abc import Iterable
from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from panel.permissions import Permission
from referrals.models import Child, HarmType, Referral
from referrals.sections import missing_facts
from referrals.states import CLOSED, UNRECORDED
from referrals.workflow.base import Facts, facts_of, is_new, note, take, words
from referrals.workflow.drafts import INCIDENT_FIELDS, check_dates, incident_facts, write_incident
from referrals.workflow.intake import CHILD_FIELDS, check_birth
from referrals.workflow.naming import renew_keys

CORRECTABLE = tuple(name for name in CHILD_FIELDS if name != "is_index")


@workflow
def correct_child(
    *, child: Child, facts: Facts, reason: str, by: User, now: datetime, seen: str | None = None
) -> Child:
    """Correct or complete a recorded child: `facts` by the names in CORRECTABLE. The same again is quiet.

    The snapshot that was taken at notification is not touched, and neither are pseudonym and index child.
    """
    referral = _take_open(child.referral, by=by, now=now)
    child = referral.children.select_for_update().get(pk=child.pk)
    saved = facts_of(child, CORRECTABLE)
    wanted = {**saved, **{name: facts[name] for name in CORRECTABLE if name in facts}}
    check_birth(wanted, now)
    for sentence in missing_facts(wanted).values():
        raise WorkflowError(f"{sentence}.")
    if is_new(saved, wanted, seen):
        reason = words(reason, "Say what has become known, and from whom.")
        for name, value in wanted.items():
            setattr(child, name, value)
        child.save(update_fields=[*wanted])
        renew_keys(child)
        note("child_corrected", by=by, referral=referral, child=child.pseudonym, text=reason)
    return child


def _take_open(referral: Referral, *, by: User, now: datetime) -> Referral:
    row = take(referral, Permission.RECORD_CASE, by=by, now=now)
    if row.status in UNRECORDED | CLOSED:
        raise WorkflowError(f"This case is {row.get_status_display().lower()}, so it is not corrected here.")
    return row


@workflow
def correct_incident(
    *,
    referral: Referral,
    facts: Facts,
    harm_types: Iterable[HarmType],
    reason: str,
    by: User,
    now: datetime,
    seen: str | None = None,
) -> Referral:
    """Correct or complete what is recorded of the incident; what came from outside lacks much. The same is quiet.

    No statutory clock counts from the day of the incident, so none moves.
    """
    referral = _take_open(referral, by=by, now=now)
    harm_types = list(harm_types)
    check_dates(referral, facts, now)
    saved = incident_facts(referral)
    wanted = {**saved, **{name: facts[name] for name in INCIDENT_FIELDS if name in facts}, "harm_types": harm_types}
    if is_new(saved, wanted, seen):
        reason = words(reason, "Say what has become known, and from whom.")
        write_incident(referral, wanted, harm_types)
        note("incident_corrected", by=by, referral=referral, text=reason)
    return referral
