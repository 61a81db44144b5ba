"""Who may do what to a rapid review: the state table, the case's walls, and a partner's own agency, in pairs."""

from datetime import date

from core.errors import InvalidTransition, NotPermitted
from panel.models import Membership, User
from panel.permissions import Permission
from panel.roles import Role, StatutoryRole
from rapid_reviews.models import RapidReview
from rapid_reviews.states import TABLE
from referrals import permissions as cases
from referrals.models import Referral
from referrals.people import led_by

WHO: dict[str, Permission] = {t.verb: Permission(t.who) for t in TABLE.transitions}


def check_person(user: User, review: RapidReview, verb: str, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` may `verb` on the day `on` in some status of the review."""
    needed = WHO[verb]
    if needed == Permission.ASSIGN_SECTIONS and leads(user, review.referral, on=on):
        needed = Permission.EDIT_RAPID_REVIEW
    cases.check(user, needed, review.referral, on=on)


def can_person(user: User, review: RapidReview, verb: str, *, on: date) -> bool:
    """The same answer as a bool."""
    try:
        check_person(user, review, verb, on=on)
    except NotPermitted:
        return False
    return True


def leads(user: User, referral: Referral, *, on: date) -> bool:
    """Whether `user` leads the case, or is the named deputy of a lead who is walled off from it."""
    if referral.lead_id == user.pk:
        return True
    is_deputy = any(seat.role == Role.NAMED_DEPUTY for seat in user.memberships_on(on))
    return is_deputy and Referral.objects.filter(led_by(user, on), pk=referral.pk).exists()


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
