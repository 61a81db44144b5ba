"""Whether a meeting may recommend: representation from all three Safeguarding Partners (terms of reference, section 5).

Who is there counts for their own agency. A named deputy acts only for the member (section 4): where that member is
away, or has a conflict of interest in the case, the deputy counts for the member's agency; where the member is there,
for nobody. Who has a conflict does not count, nor do the business manager, an invited representative or the
scrutineer, who are there for another purpose. One person counts for one partner; two people of one partner count once.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from panel.models import Membership
from panel.roles import Role, StatutoryRole
from rapid_reviews.choices import PARTNERS

COUNTED_ROLES = frozenset({Role.CHAIR, Role.DEPUTY_CHAIR, Role.MEMBER, Role.NAMED_DEPUTY, Role.SAFEGUARDING_PARTNER})


@dataclass(frozen=True)
class Attendee:
    """Somebody present: who, in which role, of which partner; a named deputy also for whom, and of which partner."""

    person: int
    role: str
    partner: str
    is_conflicted: bool = False
    acts_for: int | None = None
    acts_for_partner: str = StatutoryRole.NONE

    def may_represent(self, there: Collection[int]) -> StatutoryRole:
        """The partner for whom this person can count, beside the people `there` who have no conflict."""
        if self.is_conflicted or self.role not in COUNTED_ROLES:
            return StatutoryRole.NONE
        if self.role != Role.NAMED_DEPUTY:
            return StatutoryRole(self.partner)
        return StatutoryRole.NONE if self.acts_for in there else StatutoryRole(self.acts_for_partner)


@dataclass(frozen=True)
class Quorum:
    """The partners missing from the table, in the order in which the law names them."""

    missing: tuple[StatutoryRole, ...]

    @property
    def is_met(self) -> bool:
        return not self.missing

    @property
    def sentence(self) -> str:
        if self.is_met:
            return "Quorate: all three Safeguarding Partners are represented."
        names = ", ".join(partner.label.lower() for partner in self.missing)
        return f"Not quorate. Not represented: {names}."


def representation(attendees: Sequence[Attendee]) -> list[StatutoryRole]:
    """Whom each of `attendees` represents. Who sits in several seats is counted in the one that helps most."""
    there = {one.person for one in attendees if not one.is_conflicted}
    able = [one.may_represent(there) for one in attendees]
    chosen: dict[int, set[StatutoryRole]] = {}
    for one, partner in zip(attendees, able, strict=True):
        if partner != StatutoryRole.NONE:
            chosen.setdefault(one.person, set()).add(partner)
    best = _best(chosen)
    return [
        partner if best.get(one.person) == partner else StatutoryRole.NONE
        for one, partner in zip(attendees, able, strict=True)
    ]


def _best(chosen: dict[int, set[StatutoryRole]]) -> dict[int, StatutoryRole]:
    """One partner for each person, so that as many partners as possible are represented."""
    ways = product(*(sorted(options, key=PARTNERS.index) for options in chosen.values()))
    best = max(ways, key=lambda way: len(set(way)))
    return dict(zip(chosen, best, strict=True))


def quorum_of_partners(represented: Collection[str]) -> Quorum:
    return Quorum(tuple(partner for partner in PARTNERS if partner not in represented))


def quorum(attendees: Iterable[Attendee]) -> Quorum:
    return quorum_of_partners(set(representation(list(attendees))))


def attendee(seat: Membership, conflicted: Collection[int]) -> Attendee:
    """Somebody in `seat` (with its agency and `deputy_for__agency` selected), in a case with these conflicts."""
    principal = seat.deputy_for
    return Attendee(
        person=seat.user_id,
        role=seat.role,
        partner=seat.agency.statutory_role,
        is_conflicted=seat.user_id in conflicted,
        acts_for=principal.user_id if principal else None,
        acts_for_partner=principal.agency.statutory_role if principal else StatutoryRole.NONE,
    )


def represented_by(seats: Sequence[Membership], conflicted: Collection[int]) -> list[StatutoryRole]:
    """Whom each of those in `seats` represents in a case in which the people `conflicted` have a conflict."""
    return representation([attendee(seat, conflicted) for seat in seats])
