"""Who may do what to a publication: the table, the right, the walls of its case. In pairs: check_, can_."""

from datetime import date

from core.errors import NotPermitted
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission
from panel.roles import Role, StatutoryRole
from practice_reviews.models import PracticeReview
from publications.choices import PARTNERS
from publications.models import Publication
from publications.states import TABLE

WHO: dict[str, Permission] = {t.verb: Permission(t.who) for t in TABLE.transitions}


def sees(user: User, publication: Publication, *, on: date) -> bool:
    """The same answer as `visible_to`, for a publication in hand."""
    return Publication.objects.visible_to(user, on=on).filter(pk=publication.pk).exists()


def check(user: User, permission: Permission, publication: Publication, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` holds the right and sees the publication."""
    panel.check(user, permission, on=on)
    if not sees(user, publication, on=on):
        raise NotPermitted("You do not have access to this publication.")


def can(user: User, permission: Permission, publication: Publication, *, on: date) -> bool:
    return panel.can(user, permission, on=on) and sees(user, publication, on=on)


def check_plan(user: User, review: PracticeReview, *, on: date) -> None:
    """Who may start the publication of a review: it must be there for them."""
    panel.check(user, Permission.PREPARE_PUBLICATION, on=on)
    if not PracticeReview.objects.visible_to(user, on=on).filter(pk=review.pk).exists():
        raise NotPermitted("You do not have access to this review.")


def can_plan(user: User, review: PracticeReview, *, on: date) -> bool:
    try:
        check_plan(user, review, on=on)
    except NotPermitted:
        return False
    return True


def partners_of(user: User, *, on: date) -> list[StatutoryRole]:
    """The Safeguarding Partners for whom `user` speaks on the day."""
    seats = [s for s in user.memberships_on(on) if s.role == Role.SAFEGUARDING_PARTNER and s.agency is not None]
    return [p for p in PARTNERS if any(seat.agency.statutory_role == p for seat in seats)]


def check_agree(user: User, publication: Publication, partner: str, *, on: date) -> None:
    """A partner agrees for itself; who prepares the publication records what a partner said elsewhere."""
    if not sees(user, publication, on=on):
        raise NotPermitted("You do not have access to this publication.")
    if partner not in partners_of(user, on=on) and not panel.can(user, Permission.PREPARE_PUBLICATION, on=on):
        raise NotPermitted("Only the partner itself and those who prepare the publication record what it agreed to.")


def can_agree(user: User, publication: Publication, *, on: date) -> bool:
    """Whether there is some partner for which `user` may record an agreement."""
    may = bool(partners_of(user, on=on)) or panel.can(user, Permission.PREPARE_PUBLICATION, on=on)
    return may and sees(user, publication, on=on)


def verbs_for(user: User, publication: Publication, *, on: date) -> frozenset[str]:
    """Every verb that the page may offer `user` now."""
    rights = {who: can(user, who, publication, on=on) for who in set(WHO.values())}
    return frozenset(v for v in TABLE.verbs if rights[WHO[v]] and TABLE.find(publication.status, v) is not None)
