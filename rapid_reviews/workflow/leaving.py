"""The representatives who were invited to one rapid review leave when it ends."""

from datetime import date, datetime

from django.db.models import Q

from panel.models import User
from panel.roles import Role
from panel.workflow import switch_off_representative
from rapid_reviews.models import RapidReview
from rapid_reviews.workflow.base import local_day, note
from referrals import workflow as cases
from referrals.models import CaseInvitation


def let_go(review: RapidReview, *, by: User, now: datetime) -> None:
    """End every invitation to the case; an account that has nothing else to do here is switched off."""
    ended = cases.end_invitations(referral=review.referral, by=by, now=now)
    for person in sorted({invitation.person for invitation in ended}, key=lambda person: person.pk):
        if _has_another_seat(person, local_day(now)):
            continue
        if switch_off_representative(person=person, by=by, now=now):
            note("representative_switched_off", by=None, review=review, person=str(person))


def _has_another_seat(person: User, today: date) -> bool:
    """Another role, now or to come, or an invitation to another case."""
    still = Q(until_date__isnull=True) | Q(until_date__gte=today)
    if person.memberships.exclude(role=Role.INVITED).filter(still).exists():
        return True
    return CaseInvitation.objects.filter(person=person, withdrawn_on__isnull=True, until_on__gte=today).exists()
