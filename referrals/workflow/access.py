"""Walls round a case and doors into it (terms of reference, section 4)."""

from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from panel.people import holders
from panel.permissions import GRANTS, Permission
from panel.roles import Role
from referrals import emails
from referrals.choices import ConflictKind
from referrals.models import CaseInvitation, ConflictOfInterest, Referral
from referrals.states import UNRECORDED
from referrals.workflow.base import local_day, note, take, words, write


@workflow
def record_conflict(
    *,
    referral: Referral,
    member: User,
    kind: ConflictKind,
    reason: str,
    by: User,
    now: datetime,
    from_on: date | None = None,
    sure: bool = False,
) -> ConflictOfInterest:
    """Wall `member` off from the case, from today unless `from_on` is given. Walled off already: that conflict.

    WorkflowError for a wall round oneself unless `sure`, and for one that would leave nobody to manage the case.
    """
    referral = _take_recorded(referral, by=by, now=now)
    today = local_day(now)
    from_on = from_on or today
    running: ConflictOfInterest | None = referral.conflicts.filter(member=member, ended_on__isnull=True).first()
    if running is not None:
        return running
    reason = words(reason, "Say what the conflict of interest is.")
    if from_on > today:
        raise WorkflowError("A conflict of interest cannot start in the future.")
    if member == by and not sure:
        raise WorkflowError(
            "This would close the case to yourself: you would not see it any more and could not undo that. "
            "Confirm it if you mean it."
        )
    _check_somebody_remains(referral, member, today)
    conflict = ConflictOfInterest(
        referral=referral, member=member, kind=kind, reason=reason, from_on=from_on, recorded_by=by, recorded_at=now
    )
    conflict.save()
    note("conflict_recorded", by=by, referral=referral, member=str(member), kind=conflict.get_kind_display().lower())
    return conflict


def _check_somebody_remains(referral: Referral, member: User, today: date) -> None:
    walled = {c.member_id for c in referral.conflicts.all() if c.runs_on(today)} | {member.pk}
    if not holders(*GRANTS[Permission.MANAGE_ACCESS], on=today).exclude(pk__in=walled).exists():
        raise WorkflowError(
            "Nobody would be left to manage this case: chair, deputy chair and business manager would all be walled "
            "off. Give one of these roles to somebody without a conflict first."
        )


@workflow
def end_conflict(*, conflict: ConflictOfInterest, reason: str, by: User, now: datetime) -> ConflictOfInterest:
    """Take the wall down: from today the member sees the case again. Ended already: quiet."""
    referral = _take_recorded(conflict.referral, by=by, now=now)
    conflict = referral.conflicts.select_for_update(of=("self",)).get(pk=conflict.pk)
    if conflict.ended_on is not None:
        return conflict
    reason = words(reason, "Say why the conflict of interest has ended.")
    write(conflict, ended_on=local_day(now), ended_by=by, end_reason=reason)
    note("conflict_ended", by=by, referral=referral, member=str(conflict.member), text=reason)
    return conflict


@workflow
def invite(
    *,
    referral: Referral,
    person: User,
    purpose: str,
    until_on: date,
    by: User,
    now: datetime,
    from_on: date | None = None,
) -> CaseInvitation:
    """Let an agency's representative take part in the case until `until_on`. The same invitation again is quiet."""
    referral = _take_recorded(referral, by=by, now=now)
    today = local_day(now)
    from_on = from_on or today
    purpose = words(purpose, "Say what the representative is invited for.")
    running = referral.invitations.filter(person=person, withdrawn_on__isnull=True, until_on__gte=today).first()
    if running is not None:
        if running.until_on == until_on and running.purpose == purpose:
            return running
        raise WorkflowError(
            f"{person} is invited already, until {running.until_on:%-d %B %Y}. Withdraw that invitation first."
        )
    if until_on < max(from_on, today):
        raise WorkflowError("The invitation cannot end before it starts.")
    if Role.INVITED not in person.roles_on(today):
        raise WorkflowError(f"{person} is not an invited representative. Give them that role first.")
    if any(c.member_id == person.pk and c.runs_on(today) for c in referral.conflicts.all()):
        raise WorkflowError(f"{person} has a conflict of interest in this case.")
    invitation = CaseInvitation(
        referral=referral, person=person, purpose=purpose, from_on=from_on, until_on=until_on, invited_by=by,
        invited_at=now,
    )  # fmt: skip
    invitation.save()
    note("representative_invited", by=by, referral=referral, person=str(person), until=f"{until_on:%-d %B %Y}")
    emails.queue_invitation(invitation, now=now)
    return invitation


@workflow
def withdraw_invitation(*, invitation: CaseInvitation, by: User, now: datetime) -> CaseInvitation:
    """End an invitation today: the representative sees the case no longer. Withdrawn already: quiet."""
    referral = _take_recorded(invitation.referral, by=by, now=now)
    invitation = referral.invitations.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.withdrawn_on is not None:
        return invitation
    write(invitation, withdrawn_on=local_day(now), withdrawn_by=by)
    note("invitation_withdrawn", by=by, referral=referral, person=str(invitation.person))
    return invitation


def _take_recorded(referral: Referral, *, by: User, now: datetime) -> Referral:
    referral = take(referral, Permission.MANAGE_ACCESS, by=by, now=now)
    if referral.status in UNRECORDED:
        raise WorkflowError("A draft is seen only by its author and the business manager; record it first.")
    return referral
