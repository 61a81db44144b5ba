"""Who may do what with a disclosure check. In pairs: check_ raises with a sentence, can_ answers.

Who sees the publication and reads commissioned reviews sees how the check stands. Names and contexts are for those who
may see the names of the case.
"""

from datetime import date

from core.errors import NotPermitted, WorkflowError
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission
from publications import permissions as publications
from publications.models import DisclosureCheck, DisclosureFinding, Publication
from referrals.permissions import can_see_names

SECOND = "A second person accepts or refuses: somebody else than who proposed it and who gave the file."


def check_prepare(user: User, publication: Publication, *, on: date) -> None:
    """Who asks for a check, proposes and decides: they read the report, which may hold names."""
    publications.check(user, Permission.PREPARE_PUBLICATION, publication, on=on)
    if not can_read_names(user, publication, on=on):
        raise NotPermitted("You are not allowed to see names, so you cannot work on the disclosure check.")


def can_prepare(user: User, publication: Publication, *, on: date) -> bool:
    try:
        check_prepare(user, publication, on=on)
    except NotPermitted:
        return False
    return True


def can_read_names(user: User, publication: Publication, *, on: date) -> bool:
    """Whether pages show what was found and its context."""
    referral = publication.practice_review.referral
    if referral is None:
        return panel.can(user, Permission.SEE_NAMES, on=on)
    return can_see_names(user, referral, on=on)


def givers(check_of: DisclosureCheck) -> set[int | None]:
    """Who gave the file: asked for the check, or uploaded the document."""
    return {check_of.asked_by_id, check_of.document.uploaded_by_id if check_of.document else None}


def is_second(user: User, finding: DisclosureFinding) -> bool:
    return user.pk not in {finding.proposed_by_id, *givers(finding.check_of)}


def check_second(user: User, finding: DisclosureFinding) -> None:
    """Raise WorkflowError where `user` gave the file or proposed the acceptance."""
    if not is_second(user, finding):
        raise WorkflowError(SECOND)
