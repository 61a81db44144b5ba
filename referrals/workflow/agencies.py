"""Agencies that join a recorded case, and what the Panel's members answer about them."""

from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, User
from panel.permissions import Permission
from referrals.models import ConflictAnswer, InvolvedAgency, Referral
from referrals.questions import open_agencies
from referrals.states import CLOSED
from referrals.workflow.base import note, take_recorded


@workflow
def involve_agency(*, referral: Referral, agency: Agency, involvement: str, by: User, now: datetime) -> InvolvedAgency:
    """Add an agency to a recorded case. Everybody with access is asked whether it makes a conflict for them.

    There already: quiet, as it is.
    """
    referral = take_recorded(referral, Permission.MANAGE_ACCESS, by=by, now=now)
    involved: InvolvedAgency | None = referral.involved_agencies.filter(agency=agency).first()
    if involved is not None:
        return involved
    if referral.status in CLOSED:
        raise WorkflowError("This case is closed, so no agency can be added to it.")
    involved = InvolvedAgency(referral=referral, agency=agency, involvement=involvement.strip())
    involved.save()
    if referral.no_agency_involved:
        referral.no_agency_involved = False
        referral.save(update_fields=["no_agency_involved"])
    note("agency_involved", by=by, referral=referral, agency=agency.name)
    return involved


@workflow
def deny_conflict(*, referral: Referral, by: User, now: datetime) -> list[ConflictAnswer]:
    """`by` answers that nothing about the agencies that joined makes a conflict. Answered already: quiet, empty."""
    referral = take_recorded(referral, Permission.DECLARE_CONFLICT, by=by, now=now)
    answers = answer_open_questions(referral, by, is_conflict=False, now=now)
    if answers:
        names = ", ".join(str(answer.agency) for answer in answers)
        note("conflict_denied", by=by, referral=referral, agencies=names)
    return answers


def answer_open_questions(
    referral: Referral, member: User, *, is_conflict: bool, now: datetime
) -> list[ConflictAnswer]:
    """Write the answer to every open question of `member`, in the caller's transaction."""
    answers = [
        ConflictAnswer(referral=referral, member=member, agency=agency, is_conflict=is_conflict, answered_at=now)
        for agency in open_agencies(referral, member)
    ]
    for answer in answers:
        answer.save()
    return answers
