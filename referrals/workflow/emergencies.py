"""Break-glass: the business manager's deputy opens a case in an emergency; the chair is told at once and reviews it."""

from datetime import datetime, timedelta

from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission
from referrals import emails, permissions
from referrals.models import EmergencyAccess, Referral
from referrals.models.access import EMERGENCY_HOURS
from referrals.states import EMERGENCIES, EmergencyStatus
from referrals.workflow.base import local_day, note, take_recorded, words, write

NO_SUCH_CASE = "There is no case with this reference that you could open. Check the reference."


@workflow
def break_glass(*, reference: str, reason: str, by: User, now: datetime) -> EmergencyAccess:
    """Open a recorded case to `by`, to read, for EMERGENCY_HOURS. Open already: that access.

    A case in which `by` has a conflict of interest is refused in the words for one that does not exist.
    """
    panel.check(by, Permission.BREAK_GLASS, on=local_day(now))
    reason = words(reason, "Say what the emergency is.")
    cases = Referral.objects.recorded().select_for_update(of=("self",))
    referral = cases.filter(reference__iexact=reference.strip()).first()
    if referral is None or referral.conflicts.running_on(local_day(now)).filter(member=by).exists():
        raise WorkflowError(NO_SUCH_CASE)
    running = referral.emergency_accesses.filter(EmergencyAccess.running(now), person=by).first()
    if running is not None:
        return running
    access = EmergencyAccess(
        referral=referral, person=by, reason=reason, opened_at=now, until_at=now + timedelta(hours=EMERGENCY_HOURS)
    )
    access.save()
    note("emergency_opened", by=by, referral=referral, text=reason, hours=EMERGENCY_HOURS)
    emails.queue_emergency(access, to=permissions.ruler(referral, on=local_day(now)), now=now)
    return access


@workflow
def review_emergency(
    *, access: EmergencyAccess, accepted: bool, reason: str, by: User, now: datetime
) -> EmergencyAccess:
    """The chair's review. Not accepted, with its reason, closes the case again at once. Reviewed so already: quiet."""
    referral = take_recorded(access.referral, Permission.RULE_CONFLICT, by=by, now=now)
    permissions.check_ruling(by, referral, on=local_day(now))
    access = referral.emergency_accesses.select_for_update(of=("self",)).select_related("person").get(pk=access.pk)
    if access.person_id == by.pk:
        raise NotPermitted("Nobody reviews their own emergency access.")
    verb = "accept" if accepted else "not_accept"
    target = next(row.target for row in EMERGENCIES.transitions if row.verb == verb)
    if access.status == target:
        return access
    EMERGENCIES.check(access.status, verb)
    if not accepted:
        reason = words(reason, "Say why the emergency access is not accepted.")
    write(access, status=EmergencyStatus(target), reviewed_by=by, reviewed_at=now, review_reason=reason.strip())
    event = "emergency_accepted" if accepted else "emergency_not_accepted"
    note(event, by=by, referral=referral, person=str(access.person), text=reason.strip())
    return access
