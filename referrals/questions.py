"""Who is asked whether an agency that joined a case makes a conflict of interest for them, and who has answered.

Nothing is opened or closed: a question is open while an agency joined the case after it was recorded and the member
has not answered for it. So an agency that joins later opens the question again, whoever added it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from panel.models import Agency, User
from panel.people import holders
from panel.permissions import GRANTS, Permission, can
from panel.roles import Role
from referrals.models import ConflictAnswer, InvolvedAgency, Referral
from referrals.states import CLOSED

# The scrutineer takes no part in a decision; the business manager's deputy is not there but in an emergency.
ASKED = GRANTS[Permission.DECLARE_CONFLICT] - {Role.SCRUTINEER, Role.DEPUTY_MANAGER}


def is_asked(user: User, on: date) -> bool:
    return can(user, Permission.DECLARE_CONFLICT, on=on) and bool(user.roles_on(on) & ASKED)


def open_involvements(user: User) -> QuerySet[InvolvedAgency]:
    """The agencies that joined a case and for which `user` has not answered."""
    answered = ConflictAnswer.objects.filter(referral=OuterRef("referral"), agency=OuterRef("agency"), member=user)
    found: QuerySet[InvolvedAgency] = InvolvedAgency.objects.filter(from_the_start=False)
    return (
        found.filter(referral__recorded_at__isnull=False).exclude(Exists(answered)).exclude(referral__status__in=CLOSED)
    )


def open_agencies(referral: Referral, user: User) -> list[Agency]:
    """Those of one case, by name."""
    found = open_involvements(user).filter(referral=referral).select_related("agency").order_by("agency__name")
    return [involved.agency for involved in found]


@dataclass(frozen=True)
class Standing:
    """One member who sees the case: what they answered, and about which agencies they have not."""

    person: User
    answers: Sequence[ConflictAnswer]
    open: Sequence[Agency]


def standings(referral: Referral, on: date) -> list[Standing]:
    """Everybody who sees the case and is asked, by name. Empty where no agency joined it. Constant queries."""
    joined = referral.involved_agencies.filter(from_the_start=False).select_related("agency")
    agencies = [involved.agency for involved in joined.order_by("agency__name")]
    if not agencies:
        return []
    answers: dict[int, list[ConflictAnswer]] = {}
    for answer in referral.conflict_answers.select_related("agency"):
        answers.setdefault(answer.member_id, []).append(answer)
    found = []
    for person in holders(*ASKED, on=on).prefetch_related("memberships__agency"):
        person._memberships = list(person.memberships.all())  # what User.memberships_on would fetch one by one
        if referral.may_be_seen_by(person, on=on):
            mine = answers.get(person.pk, [])
            done = {answer.agency_id for answer in mine}
            found.append(Standing(person, mine, [agency for agency in agencies if agency.pk not in done]))
    return found
