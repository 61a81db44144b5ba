"""Whether a meeting may recommend: representation from all three Safeguarding Partners (terms of reference, section 5).

Deputies count for their agency; the named deputy of a member with a conflict of interest in the case counts for that
member's agency. The member with the conflict does not count, nor do the business manager, an invited representative or
the scrutineer, who are there for another purpose.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from panel.models import Membership
from panel.roles import Role, StatutoryRole
from rapid_reviews.choices import PARTNERS

COUNTED_ROLES = frozenset({Role.CHAIR, Role.DEPUTY_CHAIR, Role.MEMBER, Role.NAMED_DEPUTY, Role.SAFEGUARDING_PARTNER})


@dataclass(frozen=True)
class Attendee:
    """Somebody present: their role, which partner their agency is, whether they are conflicted in this case."""

    role: str
    partner: str
    is_conflicted: bool

    @property
    def represents(self) -> StatutoryRole:
        """The Safeguarding Partner for whom this person counts; NONE for nobody."""
        if self.is_conflicted or self.role not in COUNTED_ROLES:
            return StatutoryRole.NONE
        return StatutoryRole(self.partner)


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


def represented_by(seat: Membership, conflicted: Collection[int]) -> StatutoryRole:
    """Whom somebody in `seat` represents in a case in which the people with the ids `conflicted` have a conflict.

    A named deputy who acts for a conflicted member does so for that member's agency; `seat` has its agency and
    `deputy_for__agency` selected.
    """
    principal = seat.deputy_for
    acts = principal is not None and principal.user_id in conflicted
    agency = principal.agency if principal is not None and acts else seat.agency
    return Attendee(seat.role, agency.statutory_role, seat.user_id in conflicted).represents


def quorum_of_partners(represented: Collection[str]) -> Quorum:
    return Quorum(tuple(partner for partner in PARTNERS if partner not in represented))


def quorum(attendees: Iterable[Attendee]) -> Quorum:
    return quorum_of_partners({attendee.represents for attendee in attendees})
