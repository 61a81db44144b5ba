"""Doors into a case for those who could not see it: invitations (terms of reference, section 4)."""

from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, User
from panel.permissions import Permission
from panel.roles import Role
from panel.workflow import add_representative
from referrals import emails
from referrals.models import CaseInvitation, Referral
from referrals.workflow.base import local_day, note, take_recorded, words, write


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
    referral = take_recorded(referral, Permission.MANAGE_ACCESS, by=by, now=now)
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
def invite_new(
    *, referral: Referral, name: str, email: str, agency: Agency, purpose: str, until_on: date, by: User, now: datetime
) -> CaseInvitation:
    """Invite somebody by name, agency and work e-mail, in one step: account, role and invitation, or nothing of it.

    Somebody who has an account gets no second one. The same again is quiet.
    """
    referral = take_recorded(referral, Permission.MANAGE_ACCESS, by=by, now=now)
    person = add_representative(name=name, email=email, agency=agency, by=by, now=now)
    return invite(referral=referral, person=person, purpose=purpose, until_on=until_on, by=by, now=now)


@workflow
def end_invitations(*, referral: Referral, by: User, now: datetime) -> list[CaseInvitation]:
    """What the representatives were invited for is over: every invitation that runs or is to run ends today, whatever
    its date, and each is told by mail. Called by the app above whose review ended; as often as you like."""
    today = local_day(now)
    running = referral.invitations.select_for_update(of=("self",)).filter(withdrawn_on=None, until_on__gte=today)
    ended = list(running.select_related("person"))
    for invitation in ended:
        write(invitation, withdrawn_on=today, withdrawn_by=by)
        note("invitation_ended", by=by, referral=referral, person=str(invitation.person))
        emails.queue_invitation_ended(invitation, now=now)
    return ended


@workflow
def withdraw_invitation(*, invitation: CaseInvitation, by: User, now: datetime) -> CaseInvitation:
    """End an invitation today: the representative sees the case no longer. Withdrawn already: quiet."""
    referral = take_recorded(invitation.referral, Permission.MANAGE_ACCESS, by=by, now=now)
    invitation = referral.invitations.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.withdrawn_on is not None:
        return invitation
    write(invitation, withdrawn_on=local_day(now), withdrawn_by=by)
    note("invitation_withdrawn", by=by, referral=referral, person=str(invitation.person))
    return invitation
