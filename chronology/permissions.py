"""Who may write in a chronology: the Panel by right; a contributor only inside the return that let them in."""

from datetime import date

from chronology.models import Row
from core.errors import NotPermitted, WorkflowError
from panel.models import User
from panel.permissions import Permission
from referrals import permissions as cases
from referrals.models import Referral

IMPORT = "import:"


def is_the_panels(source_key: str) -> bool:
    """Typed or imported by a member of the Panel, not come with an agency's return."""
    return source_key == "" or source_key.startswith(IMPORT)


def check_write(by: User | None, by_label: str, source_key: str, referral: Referral, *, on: date) -> str:
    """The writer's label. Raises NotPermitted, with a sentence.

    A source of another app ("return:17:v2") lets in whom that app let in: it has checked before it calls. The Panel's
    own sources need the right and a case that the person sees.
    """
    if is_the_panels(source_key):
        if by is None:
            raise NotPermitted("Sign in to write in the chronology.")
        cases.check(by, Permission.EDIT_CHRONOLOGY, referral, on=on)
    label = by_label.strip() or (str(by) if by is not None else "")
    if not label:
        raise NotPermitted("Nobody writes in a chronology without a name.")
    return label


def check_change(row: Row, source_key: str) -> None:
    """Raise WorkflowError, with a sentence, unless a writer of `source_key` may change this row."""
    if row.withdrawn_at is not None:
        raise WorkflowError("This row was withdrawn, so it cannot be changed.")
    if source_key:
        if row.source_key != source_key:
            raise NotPermitted("This row does not belong to this return.")
        if row.released_at is not None:
            raise WorkflowError("This row was sent with the return. Changes go into a new version of it.")
    elif not is_the_panels(row.source_key):
        raise WorkflowError("This row came with an agency’s return. The agency changes it by a new version.")


def can_edit(user: User, referral: Referral, *, on: date) -> bool:
    return cases.can(user, Permission.EDIT_CHRONOLOGY, referral, on=on)


def can_change(row: Row, source_key: str = "") -> bool:
    """Whether pages offer to change the row; `can_edit` says whether to this person at all."""
    try:
        check_change(row, source_key)
    except (WorkflowError, NotPermitted):
        return False
    return True
