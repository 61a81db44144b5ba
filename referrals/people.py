"""Who is told about a case, with its walls applied: where somebody is walled off, their named deputy acts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from panel.models import Membership, User
from panel.roles import Role
from referrals.models import ConflictOfInterest, Referral

_LEVELS = {
    "business_manager": (Role.BUSINESS_MANAGER,),
    "chair": (Role.CHAIR,),
    "executive": (Role.SAFEGUARDING_PARTNER,),
}


@dataclass(frozen=True)
class StandIn:
    """The deputies who act; none where nobody is named or the named one has a conflict in the case too."""

    acting: list[User]
    is_conflicted_too: bool

    @property
    def sentence(self) -> str:
        if self.acting:
            return f"{' and '.join(str(one) for one in self.acting)} acts instead, as named deputy."
        if self.is_conflicted_too:
            return "Nobody acts instead: the named deputy has a conflict of interest in this case too."
        return "Nobody acts instead: there is no named deputy."


@dataclass
class Roster:
    """Everybody who holds a role on one day, their deputies, and the running walls of some cases."""

    holders: dict[str, list[User]] = field(default_factory=dict)
    deputies: dict[int, list[User]] = field(default_factory=dict)
    walls: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def on(cls, day: date, referrals: Iterable[Referral]) -> Self:
        """Two queries, however many cases."""
        roster = cls()
        memberships = (
            Membership.objects.running_on(day)
            .filter(user__is_active=True)
            .select_related("user", "deputy_for")
            .order_by("user__name", "pk")
        )
        for membership in memberships:
            roster.holders.setdefault(membership.role, []).append(membership.user)
            if membership.deputy_for is not None:
                roster.deputies.setdefault(membership.deputy_for.user_id, []).append(membership.user)
        roster.walls = set(
            ConflictOfInterest.objects.filter(
                ConflictOfInterest.running(day), referral__in=[r.pk for r in referrals]
            ).values_list("referral_id", "member_id")
        )
        return roster

    def acting(self, people: Iterable[User], referral: Referral) -> list[User]:
        """Each of `people`, or for who is walled off their named deputy, unless that one is walled off too."""
        found: list[User] = []
        for person in people:
            walled = (referral.pk, person.pk) in self.walls
            for one in self.deputies.get(person.pk, []) if walled else [person]:
                if one.is_active and (referral.pk, one.pk) not in self.walls and one not in found:
                    found.append(one)
        return found

    def stand_in_of(self, member: User, referral: Referral) -> StandIn:
        """Who acts for a walled member, in words and as people."""
        named = self.deputies.get(member.pk, [])
        acting = [one for one in named if (referral.pk, one.pk) not in self.walls]
        return StandIn(acting, is_conflicted_too=bool(named) and not acting)

    def recipients(self, referral: Referral) -> dict[str, list[User]]:
        """By level of escalation. A level that walls have emptied falls to the next one that is there."""
        found = {
            level: self.acting([user for role in roles for user in self.holders.get(role, [])], referral)
            for level, roles in _LEVELS.items()
        }
        found["chair"] = found["chair"] or self.acting(self.holders.get(Role.DEPUTY_CHAIR, []), referral)
        found["business_manager"] = found["business_manager"] or found["chair"]
        lead = self.acting([referral.lead] if referral.lead else [], referral)
        return {"lead": lead or found["business_manager"], **found}


def recipients(referral: Referral, on: date) -> dict[str, list[User]]:
    """{"lead": […], "business_manager": […], "chair": […], "executive": […]} on the day `on`."""
    return Roster.on(on, [referral]).recipients(referral)


def recipients_of(referrals: Iterable[Referral], on: date) -> dict[int, dict[str, list[User]]]:
    """The same for many cases (with `lead` selected), by the case's id, in two queries."""
    referrals = list(referrals)
    roster = Roster.on(on, referrals)
    return {referral.pk: roster.recipients(referral) for referral in referrals}


def is_walled(referral: Referral, person: User, *, on: date) -> bool:
    """Whether a conflict of interest closes the case to this person, whatever else they may see."""
    return ConflictOfInterest.objects.filter(ConflictOfInterest.running(on), referral=referral, member=person).exists()


def deputy_of(member: User, on: date) -> User | None:
    """The one named deputy of `member` on that day, whatever walls there are; None where nobody is named."""
    named = Membership.objects.running_on(on).filter(deputy_for__user=member, user__is_active=True)
    found = named.select_related("user").order_by("pk").first()
    return found.user if found else None


def stand_in(referral: Referral, member: User, on: date) -> User | None:
    """Who acts for `member` in the case: their named deputy, unless that one has a conflict in it too."""
    deputy = deputy_of(member, on)
    if deputy is None or referral.conflicts.running_on(on).filter(member=deputy).exists():
        return None
    return deputy


def acts_for(referral: Referral, deputy: User, on: date) -> list[User]:
    """The members walled off from the case for whom `deputy` acts in it, or would but for a wall of their own."""
    seats = Membership.objects.running_on(on).filter(user=deputy, deputy_for__isnull=False).select_related("deputy_for")
    named = {seat.deputy_for.user_id for seat in seats if seat.deputy_for is not None}
    walls = referral.conflicts.running_on(on).filter(member__in=named).select_related("member")
    return [conflict.member for conflict in walls]


def without_deputy(conflicts: QuerySet[ConflictOfInterest], on: date) -> QuerySet[ConflictOfInterest]:
    """Those of `conflicts` whose member's named deputy has one in the same case too: nobody acts. One query."""
    named = Membership.objects.running_on(on).filter(user__is_active=True)
    deputy = named.filter(deputy_for__user=OuterRef(OuterRef("member")))
    theirs = ConflictOfInterest.objects.filter(ConflictOfInterest.running(on), referral=OuterRef("referral"))
    return conflicts.filter(Exists(theirs.filter(member__in=deputy.values("user"))))


def led_by(user: User, on: date) -> Q:
    """A condition on cases: `user` leads them, or is the named deputy of a lead who is walled off from them."""
    principals = [
        seat.deputy_for.user_id
        for seat in user.memberships_on(on)
        if seat.role == Role.NAMED_DEPUTY and seat.deputy_for is not None
    ]
    if not principals:
        return Q(lead=user)
    walled = ConflictOfInterest.objects.filter(
        ConflictOfInterest.running(on), referral=OuterRef("pk"), member=OuterRef("lead")
    )
    return Q(lead=user) | (Q(lead__in=principals) & Q(Exists(walled)))
