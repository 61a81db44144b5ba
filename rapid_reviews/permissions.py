"""Who may do what to a rapid review: the state table, the case's walls, and a partner's own agency, in pairs."""

from datetime import date

from core.errors import InvalidTransition, NotPermitted
from panel.models import Membership, User
from panel.permissions import Permission
from panel.roles import Role, StatutoryRole
from rapid_reviews.models import RapidReview
from rapid_reviews.states import TABLE
from referrals import permissions as cases

WHO: dict[str, Permission] = {t.verb: Permission(t.who) for t in TABLE.transitions}


def check_person(user: User, review: RapidReview, verb: str, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` may `verb` on the day `on` in some status of the review."""
    cases.check(user, WHO[verb], review.referral, on=on)


def check_verb(user: User, review: RapidReview, verb: str, *, on: date) -> None:
    """Raise NotPermitted or InvalidTransition, with a sentence, unless `user` may `verb` now."""
    check_person(user, review, verb, on=on)
    TABLE.check(review.status, verb)


def can_verb(user: User, review: RapidReview, verb: str, *, on: date) -> bool:
    """The same answer as a bool, for pages."""
    try:
        check_verb(user, review, verb, on=on)
    except (NotPermitted, InvalidTransition):
        return False
    return verb != "decide" or bool(partner_seats(user, on=on))


def verbs_for(user: User, review: RapidReview, *, on: date) -> frozenset[str]:
    """Every verb that the page may offer `user` now."""
    return frozenset(verb for verb in TABLE.verbs if can_verb(user, review, verb, on=on))


def partner_seats(user: User, *, on: date) -> list[Membership]:
    """The seats from which `user` may decide: a Safeguarding Partner's, for their own agency."""
    return [
        seat
        for seat in user.memberships_on(on)
        if seat.role == Role.SAFEGUARDING_PARTNER and seat.agency.statutory_role != StatutoryRole.NONE
    ]


def check_seat(user: User, partner: StatutoryRole, *, on: date) -> Membership:
    """The seat from which `user` decides as `partner`; NotPermitted where that is not their own agency."""
    for seat in partner_seats(user, on=on):
        if seat.agency.statutory_role == partner:
            return seat
    raise NotPermitted("A Safeguarding Partner decides only for their own agency.")
