"""Who may do what to a safeguarding issue: the state table, the case's walls, and the agency asked. In pairs."""

from datetime import date

from agency_returns.permissions import ANSWER
from core.errors import InvalidTransition, NotPermitted
from panel.models import User
from panel.permissions import Permission
from rapid_reviews.models import RapidReview, SafeguardingIssue
from rapid_reviews.states import ISSUES, Mover
from rapid_reviews.states import Status as ReviewStatus
from referrals import permissions as cases

WHO = {transition.verb: transition.who for transition in ISSUES.transitions}


def check_raise(user: User, review: RapidReview, *, on: date) -> None:
    cases.check(user, Permission.RAISE_SAFEGUARDING, review.referral, on=on)


def can_raise(user: User, review: RapidReview, *, on: date) -> bool:
    """Whether pages offer it: the right, and a review that was not withdrawn."""
    may = cases.can(user, Permission.RAISE_SAFEGUARDING, review.referral, on=on)
    return may and review.status != ReviewStatus.WITHDRAWN


def check_person(user: User, issue: SafeguardingIssue, verb: str, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` may `verb` on the day `on` in some status of the issue."""
    if WHO[verb] == Mover.AGENCY:
        _check_answer(user, issue, on=on)
    else:
        cases.check(user, Permission(WHO[verb]), issue.review.referral, on=on)


def _check_answer(user: User, issue: SafeguardingIssue, *, on: date) -> None:
    """A signed-in member of the agency asked, who sees the case."""
    if not issue.review.referral.may_be_seen_by(user, on=on):
        raise NotPermitted("You do not have access to this case.")
    if not any(seat.agency_id == issue.agency_id and seat.role in ANSWER for seat in user.memberships_on(on)):
        raise NotPermitted(f"Only {issue.agency} answers this safeguarding issue.")


def can_verb(user: User, issue: SafeguardingIssue, verb: str, *, on: date) -> bool:
    """Whether `user` may `verb` now."""
    try:
        check_person(user, issue, verb, on=on)
        ISSUES.check(issue.status, verb)
    except (NotPermitted, InvalidTransition):
        return False
    return True


def verbs_for(user: User, issue: SafeguardingIssue, *, on: date) -> frozenset[str]:
    """Every verb that the issue's page may offer `user` now."""
    return frozenset(verb for verb in ISSUES.verbs if verb != "raise" and can_verb(user, issue, verb, on=on))
