"""Who may do what to an action: the table, the right, the walls of its case, the agency. In pairs: check_, can_."""

from datetime import date

from actions.models import Action
from actions.states import TABLE, Mover, Status
from core.errors import InvalidTransition, NotPermitted
from panel import permissions as panel
from panel.models import Agency, Membership, User
from panel.permissions import Permission
from panel.roles import PANEL_ROLES, Role

UPDATE = PANEL_ROLES | {Role.INVITED}
WHO: dict[str, Permission | Mover] = {t.verb: t.who for t in TABLE.transitions}  # type: ignore[misc]


def sees(user: User, action: Action, *, on: date) -> bool:
    """The same answer as `visible_to`, for an action in hand."""
    return Action.objects.visible_to(user, on=on).filter(pk=action.pk).exists()


def check(user: User, permission: Permission, action: Action, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` holds the right and sees the action."""
    panel.check(user, permission, on=on)
    if not sees(user, action, on=on):
        raise NotPermitted("You do not have access to this action.")


def can(user: User, permission: Permission, action: Action, *, on: date) -> bool:
    return panel.can(user, permission, on=on) and sees(user, action, on=on)


def seat(user: User, action: Action, *, on: date) -> Membership | None:
    """The seat from which `user` speaks for one of the action's agencies."""
    agencies = {agency.pk for agency in action.agencies}
    seats = [m for m in user.memberships_on(on) if m.agency_id in agencies and m.role in UPDATE]
    return seats[0] if seats else None


def agency_of(user: User, action: Action, *, on: date) -> Agency:
    found = seat(user, action, on=on)
    return found.agency if found else action.owner


def check_update(user: User, action: Action, *, on: date) -> None:
    """A member of an agency that the action is for, who sees it; or who manages the log, for an agency that rang."""
    if not sees(user, action, on=on):
        raise NotPermitted("You do not have access to this action.")
    if seat(user, action, on=on) is None and not panel.can(user, Permission.MANAGE_ACTIONS, on=on):
        raise NotPermitted(f"Only {action.owner} and those who manage the action log update this action.")


def can_update(user: User, action: Action, *, on: date) -> bool:
    try:
        check_update(user, action, on=on)
    except NotPermitted:
        return False
    return True


def check_person(user: User, action: Action, verb: str, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` may `verb` in some status of the action."""
    who = WHO[verb]
    if isinstance(who, Permission):
        check(user, who, action, on=on)
    else:
        check_update(user, action, on=on)


def can_verb(user: User, action: Action, verb: str, *, on: date) -> bool:
    try:
        check_person(user, action, verb, on=on)
        TABLE.check(action.status, verb)
    except (NotPermitted, InvalidTransition):
        return False
    return True


def verbs_for(user: User, action: Action, *, on: date) -> frozenset[str]:
    """Every verb that the page may offer `user` now. One question for each right, not for each verb."""
    answers: dict[Permission | Mover, bool] = {}
    for who in set(WHO.values()):
        may = can(user, who, action, on=on) if isinstance(who, Permission) else can_update(user, action, on=on)
        answers[who] = may
    return frozenset(v for v in TABLE.verbs if answers[WHO[v]] and TABLE.find(action.status, v) is not None)


def check_see_evidence(user: User, action: Action, *, on: date) -> None:
    """Whoever works on the Panel may say that they have seen it; that it is not their own is asked of each piece."""
    check(user, Permission.ADD_ACTIONS, action, on=on)


def check_decide_date(user: User, action: Action, *, on: date) -> None:
    check(user, Permission.DECIDE_ACTION_DATES, action, on=on)


def can_decide_date(user: User, action: Action, *, on: date) -> bool:
    return can(user, Permission.DECIDE_ACTION_DATES, action, on=on)


def check_import(user: User, *, on: date) -> None:
    panel.check(user, Permission.MANAGE_ACTIONS, on=on)


def is_changeable(action: Action) -> bool:
    """Its words may be put right until it has ended."""
    return action.status in (Status.PROPOSED, Status.OPEN, Status.CLAIMED)
