"""Who may do what to a case: the state table, the right, and the wall. In pairs: check_ raises, can_ answers."""

from collections.abc import Sequence
from datetime import date

from core.errors import InvalidTransition, NotPermitted
from core.states import Transition
from panel import permissions as panel
from panel.models import User
from panel.people import holders
from panel.permissions import Permission
from panel.roles import Role
from referrals.models import Referral
from referrals.states import TABLE, UNRECORDED

WHO: dict[str, Permission] = {transition.verb: Permission(transition.who) for transition in TABLE.transitions}


def check(user: User, permission: Permission, referral: Referral, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` holds the right and sees the case."""
    panel.check(user, permission, on=on)
    if not referral.may_be_seen_by(user, on=on):
        raise NotPermitted("You do not have access to this case.")


def can(user: User, permission: Permission, referral: Referral, *, on: date) -> bool:
    return panel.can(user, permission, on=on) and referral.may_be_seen_by(user, on=on)


def check_verb(user: User, verb: str, referral: Referral, *, on: date) -> Transition:
    """The row of the table for `verb` now; raises NotPermitted or InvalidTransition with a sentence."""
    check(user, WHO[verb], referral, on=on)
    return TABLE.check(referral.status, verb)


def can_verb(user: User, verb: str, referral: Referral, *, on: date) -> bool:
    try:
        check_verb(user, verb, referral, on=on)
    except (NotPermitted, InvalidTransition):
        return False
    return True


def can_see_names(user: User, referral: Referral, *, on: date) -> bool:
    """Whether pages show children's names; everybody else reads pseudonyms. A draft has no pseudonyms yet."""
    if referral.status in UNRECORDED:
        return referral.may_be_seen_by(user, on=on)
    return can(user, Permission.SEE_NAMES, referral, on=on)


def rulers(on: date) -> list[User]:
    """Chair, then deputy chair, whatever walls there are."""
    return [person for role in (Role.CHAIR, Role.DEPUTY_CHAIR) for person in holders(role, on=on)]


def ruler(referral: Referral, *, on: date, among: Sequence[User] | None = None) -> User | None:
    """Who rules on conflicts in this case and reviews emergency accesses: the chair; where the chair has a conflict in
    it, the deputy chair; where both have one, nobody: walls stay up and reviews stay open. `among`: `rulers(on)`."""
    candidates = rulers(on) if among is None else among
    return next((person for person in candidates if referral.may_be_seen_by(person, on=on)), None)


def check_ruling(user: User, referral: Referral, *, on: date) -> None:
    check(user, Permission.RULE_CONFLICT, referral, on=on)
    if user != ruler(referral, on=on):
        raise NotPermitted("The chair rules in this case; the deputy chair only where the chair has a conflict in it.")


def can_rule(user: User, referral: Referral, *, on: date) -> bool:
    return can(user, Permission.RULE_CONFLICT, referral, on=on) and user == ruler(referral, on=on)
