"""What the files of drafts ask of their review: who sees them, who may do what, and their place in the audit trail.

A draft is written without names, so whoever sees commissioned reviews reads it: the partners agree to it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from audit.workflow import record
from core.errors import NotPermitted
from documents.choices import Right
from documents.models import Document
from panel.permissions import Permission
from practice_reviews import permissions
from practice_reviews.models import Draft, PracticeReview

PREFIX = "review-draft"
KIND = "review-draft"
NO_ACCESS = "You do not have access to this draft."
STAYS = "A draft stays in the record. Withdraw it on its own page, with a reason."
NEEDED = {
    Right.READ: Permission.SEE_PRACTICE_REVIEWS,
    Right.ADD: Permission.MANAGE_PRACTICE_REVIEWS,
    Right.DISPOSE: Permission.DISPOSE_OF_DOCUMENTS,
}


def new_key(review: PracticeReview, number: int) -> str:
    """ "review-draft:LR-2026-003:2"."""
    return f"{PREFIX}:{review.reference}:{number}"


class DraftDocuments:
    """The owner of documents whose key begins with "review-draft:" (documents/owners.py)."""

    def keys_visible_to(self, user: Any) -> Iterable[str]:
        return Draft.objects.visible_to(user).order_by().values_list("owner_key", flat=True)

    def check(self, user: Any, right: Right, owner_key: str, *, on: date) -> None:
        review = PracticeReview.objects.filter(reference=owner_key.split(":")[1]).first()
        if review is None:
            raise NotPermitted(NO_ACCESS)
        if right not in NEEDED:
            raise NotPermitted(STAYS)
        permissions.check(user, NEEDED[right], review, on=on)

    def note(self, verb: str, *, document: Document, by: Any, text: str = "", **details: Any) -> None:
        record(verb, by=by, obj=document, reference=document.reference, text=text, **details)


OWNER = DraftDocuments()
