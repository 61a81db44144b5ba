"""Who may do what to learning: the table, the right, the walls of a point's case, the reader, the agency. In pairs."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.errors import InvalidTransition, NotPermitted
from core.states import StateTable
from learning.models import (
    Cascade,
    ImpactCheck,
    KeyMessage,
    LearningPoint,
    OtherReview,
    Product,
    SevenMinuteBriefing,
)
from learning.models.products import ANSWER
from learning.states import BRIEFINGS, CASCADES, MESSAGES, POINTS, PRODUCTS, READING, MessageStatus, Mover, PointStatus
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission

Thing = LearningPoint | OtherReview | KeyMessage | Product | Cascade | SevenMinuteBriefing
TABLES: dict[type, StateTable] = {
    LearningPoint: POINTS,
    OtherReview: READING,
    KeyMessage: MESSAGES,
    Product: PRODUCTS,
    Cascade: CASCADES,
    SevenMinuteBriefing: BRIEFINGS,
}


def sees(user: User, thing: Thing | ImpactCheck, *, on: date) -> bool:
    """The same answer as `visible_to`, for a row in hand."""
    return type(thing).objects.visible_to(user, on=on).filter(pk=thing.pk).exists()


def check(user: User, permission: Permission, thing: Thing | ImpactCheck, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` holds the right and sees the row."""
    panel.check(user, permission, on=on)
    if not sees(user, thing, on=on):
        raise NotPermitted("You do not have access to this.")


def can(user: User, permission: Permission, thing: Thing | ImpactCheck, *, on: date) -> bool:
    return panel.can(user, permission, on=on) and sees(user, thing, on=on)


def check_reader(user: User, review: OtherReview, *, on: date) -> None:
    """Somebody to whom it was given to read, who still sees learning."""
    if not sees(user, review, on=on) or not review.readers.filter(user=user).exists():
        raise NotPermitted("Only somebody to whom this review was given says what it means here.")


def can_read(user: User, review: OtherReview, *, on: date) -> bool:
    try:
        check_reader(user, review, on=on)
    except NotPermitted:
        return False
    return True


def check_confirm(user: User, cascade: Cascade, *, on: date) -> None:
    """A member of the agency that was asked; or who manages learning, for an agency that rang."""
    seats = [seat for seat in user.memberships_on(on) if seat.agency_id == cascade.agency_id and seat.role in ANSWER]
    if not user.is_active or (not seats and not panel.can(user, Permission.MANAGE_LEARNING, on=on)):
        raise NotPermitted(f"Only {cascade.agency} and those who manage learning confirm this.")


def can_confirm(user: User, cascade: Cascade, *, on: date) -> bool:
    try:
        check_confirm(user, cascade, on=on)
    except NotPermitted:
        return False
    return True


def check_person(user: User, thing: Thing, verb: str, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` may `verb` in some status of the row."""
    who = next(t.who for t in TABLES[type(thing)].transitions if t.verb == verb)
    if who == Mover.READER:
        check_reader(user, thing, on=on)  # type: ignore[arg-type]
    elif who == Mover.AGENCY:
        check_confirm(user, thing, on=on)  # type: ignore[arg-type]
    else:
        check(user, Permission(who), thing, on=on)


def can_verb(user: User, thing: Thing, verb: str, *, on: date) -> bool:
    """Whether the page may offer `verb` to `user` now."""
    try:
        check_person(user, thing, verb, on=on)
        TABLES[type(thing)].check(thing.status, verb)
    except (NotPermitted, InvalidTransition):
        return False
    return True


def verbs_for(user: User, thing: Thing, *, on: date) -> frozenset[str]:
    """Every verb that the page may offer `user` now."""
    table = TABLES[type(thing)]
    possible: Iterable[Any] = [verb for verb in table.verbs if table.find(thing.status, verb) is not None]
    return frozenset(verb for verb in possible if can_verb(user, thing, verb, on=on))


def check_change_point(user: User, point: LearningPoint, *, on: date) -> None:
    """Its words may be put right while it is proposed by whoever records learning, later by who manages it."""
    needed = Permission.EDIT_LEARNING if point.status == PointStatus.PROPOSED else Permission.MANAGE_LEARNING
    check(user, needed, point, on=on)
    if point.status == PointStatus.SET_ASIDE:
        raise NotPermitted("This learning point is set aside. Take it up again before you change it.")


def can_change_point(user: User, point: LearningPoint, *, on: date) -> bool:
    try:
        check_change_point(user, point, on=on)
    except NotPermitted:
        return False
    return True


def check_change_message(user: User, message: KeyMessage, *, on: date) -> None:
    """What the Executive Group has before it, or has agreed, is not written over."""
    check(user, Permission.MANAGE_LEARNING, message, on=on)
    if message.status != MessageStatus.DRAFTED:
        raise NotPermitted("This key message is no draft any more. Send it back before you change it.")


def can_change_message(user: User, message: KeyMessage, *, on: date) -> bool:
    try:
        check_change_message(user, message, on=on)
    except NotPermitted:
        return False
    return True
