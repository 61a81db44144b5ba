"""Who may do what to a meeting: the table, the right, the walls of an item's case. In pairs: check_, can_."""

from datetime import date

from core.errors import InvalidTransition, NotPermitted
from meetings.models import AgendaItem, Invitation
from meetings.states import MINUTES, REPLIES, SITTINGS, Mover
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission

WHO = {t.verb: t.who for table in (REPLIES, SITTINGS, MINUTES) for t in table.transitions}


def check_plan(user: User, *, on: date) -> None:
    panel.check(user, Permission.PLAN_MEETINGS, on=on)


def can_plan(user: User, *, on: date) -> bool:
    return panel.can(user, Permission.PLAN_MEETINGS, on=on)


def check_conduct(user: User, *, on: date) -> None:
    panel.check(user, Permission.CONDUCT_MEETINGS, on=on)


def can_conduct(user: User, *, on: date) -> bool:
    return panel.can(user, Permission.CONDUCT_MEETINGS, on=on)


def check_item(user: User, item: AgendaItem, *, on: date) -> None:
    """Who keeps the minutes, of an item that exists for them."""
    check_conduct(user, on=on)
    if not AgendaItem.objects.visible_to(user).filter(pk=item.pk).exists():
        raise NotPermitted("You do not have access to this item.")


def can_item(user: User, item: AgendaItem, *, on: date) -> bool:
    try:
        check_item(user, item, on=on)
    except NotPermitted:
        return False
    return True


def check_reply(user: User, invitation: Invitation, *, on: date) -> None:
    """The person invited; or who plans the meetings, for somebody who rang."""
    if invitation.membership.user_id != user.pk:
        check_plan(user, on=on)


def can_reply(user: User, invitation: Invitation, *, on: date) -> bool:
    return invitation.membership.user_id == user.pk or can_plan(user, on=on)


def verbs_for_invitation(user: User, invitation: Invitation, *, on: date) -> frozenset[str]:
    """Every verb that somebody may use on an invitation now."""
    may = {Mover.INVITEE: can_reply(user, invitation, on=on), Permission.PLAN_MEETINGS: can_plan(user, on=on)}
    return frozenset(v for v in REPLIES.verbs if may[WHO[v]] and REPLIES.find(invitation.status, v))  # type: ignore[index]


def check_table(verb: str, status: str) -> None:
    """Raise InvalidTransition where a sitting or its minutes do not allow `verb`."""
    table = SITTINGS if verb in SITTINGS.verbs else MINUTES
    table.check(status, verb)


def can_table(verb: str, status: str) -> bool:
    try:
        check_table(verb, status)
    except InvalidTransition:
        return False
    return True
