"""A finding that a person looked at and takes for none; and taking that back."""

from datetime import datetime

from chronology.findings import recount
from chronology.models import Dismissal, Finding
from chronology.workflow.base import local_day, lock, note
from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from panel.permissions import Permission
from referrals import permissions as cases
from referrals.models import Referral
from referrals.workflow.base import words


@workflow
def dismiss_finding(*, referral: Referral, identity: str, reason: str, by: User, now: datetime) -> Dismissal:
    """Dismiss the finding, with the reason. It stays dismissed as long as what it rests on is the same.

    Dismissed already: quiet, the first reason stands.
    """
    cases.check(by, Permission.EDIT_CHRONOLOGY, referral, on=local_day(now))
    timeline = lock(referral)
    there = Dismissal.objects.filter(referral=referral, identity=identity, restored_at__isnull=True).first()
    if there is not None:
        return there
    finding = Finding.objects.filter(referral=referral, identity=identity).first()
    if finding is None:
        raise WorkflowError("This finding is not there any more: the rows that it rested on have changed.")
    reason = words(reason, "Say why this is dismissed.")
    made: Dismissal = Dismissal.objects.create(
        referral=referral, identity=identity, kind=finding.kind, what=finding.why, reason=reason, dismissed_by=by,
        dismissed_at=now,
    )  # fmt: skip
    Finding.objects.filter(referral=referral, identity=identity).update(dismissal=made)
    recount(timeline)
    kind = finding.get_kind_display().lower()
    note("finding_dismissed", by=by, who=str(by), referral=referral, obj=made, text=reason, kind=kind)
    return made


@workflow
def restore_finding(*, dismissal: Dismissal, by: User, now: datetime) -> Dismissal:
    """Take a dismissal back. Restored already: quiet."""
    referral = dismissal.referral
    cases.check(by, Permission.EDIT_CHRONOLOGY, referral, on=local_day(now))
    timeline = lock(referral)
    found: Dismissal = Dismissal.objects.select_for_update(of=("self",)).get(pk=dismissal.pk)
    if found.restored_at is not None:
        return found
    found.restored_by, found.restored_at = by, now
    found.save(update_fields=["restored_by", "restored_at"])
    found.findings.update(dismissal=None)
    recount(timeline)
    kind = found.get_kind_display().lower()
    note("finding_restored", by=by, who=str(by), referral=referral, obj=found, kind=kind)
    return found
