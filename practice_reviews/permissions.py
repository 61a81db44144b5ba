"""Who may do what to a commissioned review: the right, the walls of its case, the table, the agency. In pairs."""

from datetime import date

from agency_returns.permissions import ANSWER
from core.errors import InvalidTransition, NotPermitted
from core.states import StateTable
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission
from practice_reviews.models import AgencyAsk, PracticeReview
from practice_reviews.states import ASKS, REVIEWERS, TABLE, Mover

WHO = {t.verb: t.who for t in TABLE.transitions}
ASK_WHO = {t.verb: t.who for t in ASKS.transitions}
REVIEWER_WHO = {t.verb: t.who for t in REVIEWERS.transitions}


def sees(user: User, review: PracticeReview, *, on: date) -> bool:
    """The same answer as `visible_to`, for a review in hand."""
    return PracticeReview.objects.visible_to(user, on=on).filter(pk=review.pk).exists()


def check(user: User, permission: Permission, review: PracticeReview, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` holds the right and sees the review."""
    panel.check(user, permission, on=on)
    if not sees(user, review, on=on):
        raise NotPermitted("You do not have access to this review.")


def can(user: User, permission: Permission, review: PracticeReview, *, on: date) -> bool:
    return panel.can(user, permission, on=on) and sees(user, review, on=on)


def check_person(user: User, review: PracticeReview, verb: str, *, on: date) -> None:
    """Raise NotPermitted unless `user` may `verb` in some status of the review."""
    check(user, Permission(WHO[verb]), review, on=on)


def can_verb(user: User, review: PracticeReview, verb: str, *, on: date) -> bool:
    return can(user, Permission(WHO[verb]), review, on=on) and TABLE.find(review.status, verb) is not None


def verbs_for(user: User, review: PracticeReview, *, on: date) -> frozenset[str]:
    """Every verb that the page may offer now. One question for each right, not for each verb."""
    may = {who: can(user, Permission(who), review, on=on) for who in set(WHO.values())}
    return frozenset(v for v in TABLE.verbs if may[WHO[v]] and TABLE.find(review.status, v) is not None)


def check_ask(user: User, ask: AgencyAsk, verb: str, *, on: date) -> None:
    """The right, or for the agency's own moves a seat in it; always with sight of the review."""
    who = ASK_WHO[verb]
    if who != Mover.AGENCY:
        check(user, Permission(who), ask.review, on=on)
        return
    if not sees(user, ask.review, on=on):
        raise NotPermitted("You do not have access to this review.")
    if not speaks_for(user, ask, on=on):
        raise NotPermitted(f"Only {ask.review.agency} accepts or declines this review.")


def speaks_for(user: User, ask: AgencyAsk, *, on: date) -> bool:
    seats = user.memberships_on(on)
    return any(seat.agency_id == ask.review.agency_id and seat.role in ANSWER for seat in seats)


def can_ask(user: User, ask: AgencyAsk, verb: str, *, on: date) -> bool:
    return _passes(lambda: check_ask(user, ask, verb, on=on), ASKS, ask.status, verb)


def can_reviewer(user: User, review: PracticeReview, status: str, verb: str, *, on: date) -> bool:
    who = Permission(REVIEWER_WHO[verb])
    may_choose = can_verb(user, review, "choose_reviewer", on=on)
    return may_choose and _passes(lambda: check(user, who, review, on=on), REVIEWERS, status, verb)


def _passes(allowed: object, table: StateTable, status: str, verb: str) -> bool:
    try:
        allowed()  # type: ignore[operator]
        table.check(status, verb)
    except (NotPermitted, InvalidTransition):
        return False
    return True
