"""Who may do what to a commissioned review and beside it: right, walls of its case, table, agency. In pairs."""

from datetime import date

from agency_returns.permissions import ANSWER
from core.errors import InvalidTransition, NotPermitted
from core.states import StateTable
from panel import permissions as panel
from panel.models import Membership, User
from panel.permissions import Permission
from panel.roles import Role, StatutoryRole
from practice_reviews.models import AgencyAsk, FactCheck, PracticeReview
from practice_reviews.states import ASKS, REVIEWERS, TABLE, CheckMover, Mover
from referrals.permissions import can_see_names as can_see_names_in

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


def can_see_names(user: User, review: PracticeReview, *, on: date) -> bool:
    """Whether the family contact log shows names and what was said; everybody else reads pseudonyms and dates."""
    if review.referral is not None:
        return can_see_names_in(user, review.referral, on=on)
    return can(user, Permission.SEE_NAMES, review, on=on)


def check_answer(user: User, check_row: FactCheck, *, on: date) -> None:
    """A member of the agency asked, who sees the review."""
    review = check_row.draft.review
    if not sees(user, review, on=on):
        raise NotPermitted("You do not have access to this review.")
    if not any(seat.agency_id == check_row.agency_id and seat.role in ANSWER for seat in user.memberships_on(on)):
        raise NotPermitted(f"Only {check_row.agency} answers this.")


def can_answer(user: User, check_row: FactCheck, *, on: date) -> bool:
    try:
        check_answer(user, check_row, on=on)
    except NotPermitted:
        return False
    return True


def row_verbs(user: User, table: StateTable, status: str, review: PracticeReview, *, on: date) -> frozenset[str]:
    """The verbs of a table that the page may offer `user` for a row of the review; an agency's own are not among them.

    One question for each right, not for each verb.
    """
    rights = {t.who for t in table.transitions if t.who != CheckMover.AGENCY}
    held = {who for who in rights if can(user, Permission(who), review, on=on)}
    open_verbs = [t.verb for t in table.transitions if t.who in held and status in t.sources]
    return frozenset(open_verbs)


def check_row_verb(user: User, table: StateTable, verb: str, status: str, review: PracticeReview, *, on: date) -> None:
    """NotPermitted or InvalidTransition, with a sentence, unless `user` may `verb` now."""
    who = next(t.who for t in table.transitions if t.verb == verb)
    check(user, Permission(who), review, on=on)
    table.check(status, verb)


def can_row_verb(user: User, table: StateTable, verb: str, status: str, review: PracticeReview, *, on: date) -> bool:
    try:
        check_row_verb(user, table, verb, status, review, on=on)
    except (NotPermitted, InvalidTransition):
        return False
    return True


def partner_seats(user: User, *, on: date) -> list[Membership]:
    """The seats from which `user` agrees as a Safeguarding Partner, each for their own agency."""
    seats = [seat for seat in user.memberships_on(on) if seat.role == Role.SAFEGUARDING_PARTNER]
    return [seat for seat in seats if seat.agency.statutory_role != StatutoryRole.NONE]


def check_agree(user: User, review: PracticeReview, partner: str, *, on: date) -> None:
    """The partner themself, for their own agency; or who manages reviews, for a partner who agreed elsewhere."""
    if not sees(user, review, on=on):
        raise NotPermitted("You do not have access to this review.")
    own = any(seat.agency.statutory_role == partner for seat in partner_seats(user, on=on))
    if not own and not panel.can(user, Permission.MANAGE_PRACTICE_REVIEWS, on=on):
        raise NotPermitted("A Safeguarding Partner agrees only for their own agency.")


def can_agree(user: User, review: PracticeReview, partner: str, *, on: date) -> bool:
    try:
        check_agree(user, review, partner, on=on)
    except NotPermitted:
        return False
    return True
