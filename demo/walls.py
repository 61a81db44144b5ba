"""Walls and doors: a declared conflict that waits for the chair, a ruled one, an agency that joined, an emergency."""

from demo.days import Days
from demo.people import Cast
from panel.models import User
from referrals import workflow
from referrals.choices import ConflictKind
from referrals.models import ConflictOfInterest, Referral

DECLARED = "I manage the team whose work with the family is under review."
NEIGHBOUR = "My sister works in the same school. I do not know the family."
UPHELD = "Managing the service under review is what the terms of reference name."
DISMISSED = "A relative in a school of this size is no tie to the case."
EMERGENCY = "The hospital asks tonight who has told the family. Business manager and chair do not answer the telephone."


def build(cast: Cast, days: Days) -> None:
    """On the three newest cases with nothing of the kind yet."""
    cases = list(Referral.objects.recorded().filter(conflicts=None).order_by("-recorded_at", "-pk")[:3])
    for case in cases[:2]:
        declare(case, cast.users["social.care"], DECLARED, days)
    now = days.at(days.today)
    workflow.uphold_conflict(conflict=cases[1].conflicts.get(), reason=UPHELD, by=cast.chair, now=now)
    conflict = declare(cases[2], cast.users["education"], NEIGHBOUR, days, ConflictKind.PERSONAL)
    workflow.dismiss_conflict(conflict=conflict, reason=DISMISSED, by=cast.chair, now=now)
    workflow.involve_agency(
        referral=cases[0], agency=cast.agencies["Housing"], involvement="Repairs at the address.",
        by=cast.business_manager, now=now,
    )  # fmt: skip
    workflow.deny_conflict(referral=cases[0], by=cast.users["public.health"], now=now)
    workflow.break_glass(
        reference=cases[1].reference, reason=EMERGENCY, by=cast.users["deputy.business.manager"], now=days.now
    )


def declare(
    case: Referral, member: User, reason: str, days: Days, kind: ConflictKind = ConflictKind.AGENCY
) -> ConflictOfInterest:
    return workflow.declare_conflict(referral=case, kind=kind, reason=reason, by=member, now=days.at(days.today))
