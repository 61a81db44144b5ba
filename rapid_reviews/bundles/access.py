"""Who may have which variant of a bundle. It holds the whole case: every agency's return, every row."""

from datetime import date

from agency_returns.models import SEE_ALL_RETURNS
from core.errors import NotPermitted
from panel.models import User
from panel.permissions import Permission
from rapid_reviews.choices import Variant
from rapid_reviews.models import RapidReview
from referrals import permissions as cases


def variants_for(user: User, review: RapidReview, *, on: date) -> tuple[Variant, ...]:
    """Full: who sees names and reads documents. Redacted: everybody else who sees the whole case.

    None for an invited representative, who sees the returns of their own agency only.
    """
    referral = review.referral
    if not cases.can(user, Permission.SEE_CASES, referral, on=on) or not user.roles_on(on) & SEE_ALL_RETURNS:
        return ()
    wanted = (Permission.SEE_NAMES, Permission.READ_DOCUMENTS)
    if all(cases.can(user, permission, referral, on=on) for permission in wanted):
        return (Variant.FULL, Variant.REDACTED)
    return (Variant.REDACTED,)


def check_variant(user: User, review: RapidReview, variant: Variant, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` may have this variant."""
    if variant not in variants_for(user, review, on=on):
        raise NotPermitted("You are not allowed to take this bundle. Ask the business manager if you should be.")


def check_mark(user: User, review: RapidReview, *, on: date) -> None:
    """Who says that a document names nobody: who may read it, and decides who gets access to a case."""
    for permission in (Permission.READ_DOCUMENTS, Permission.MANAGE_ACCESS):
        cases.check(user, permission, review.referral, on=on)


def can_mark(user: User, review: RapidReview, *, on: date) -> bool:
    try:
        check_mark(user, review, on=on)
    except NotPermitted:
        return False
    return True
