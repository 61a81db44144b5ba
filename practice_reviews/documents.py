"""What the files of a review ask of it: who sees them, who may do what, and their place in the audit trail.

A draft is written without names, so whoever sees commissioned reviews reads it: the partners agree to it. The report
of an agency comes as the agency wrote it, so it is for those who may see names.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from audit.workflow import record
from core.errors import NotPermitted
from documents.choices import Right
from documents.models import Document
from panel.permissions import GRANTS, Permission
from practice_reviews import permissions
from practice_reviews.models import Draft, PracticeReview

PREFIX = "review-draft"
KIND = "review-draft"
NO_ACCESS = "You do not have access to this draft."
REPORT_PREFIX = "agency-report"
REPORT_KIND = "agency-return"
NO_ACCESS_TO_REPORT = "You do not have access to this report."
REPORT_STAYS = "The report of an agency stays in the record."
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


def report_key(review: PracticeReview) -> str:
    """ "agency-report:LR-2026-003"."""
    return f"{REPORT_PREFIX}:{review.reference}"


class ReportDocuments:
    """The owner of documents whose key begins with "agency-report:"."""

    def keys_visible_to(self, user: Any) -> Iterable[str]:
        visible = PracticeReview.objects.visible_to(user).order_by()
        if not user.is_authenticated or not user.roles_on(timezone.localdate()) & GRANTS[Permission.SEE_NAMES]:
            visible = visible.none()
        return visible.values_list(Concat(Value(f"{REPORT_PREFIX}:"), "reference"), flat=True)

    def check(self, user: Any, right: Right, owner_key: str, *, on: date) -> None:
        review = PracticeReview.objects.filter(reference=owner_key.partition(":")[2]).first()
        if review is None:
            raise NotPermitted(NO_ACCESS_TO_REPORT)
        if right not in NEEDED:
            raise NotPermitted(REPORT_STAYS)
        permissions.check(user, NEEDED[right], review, on=on)
        if right == Right.READ and not permissions.can_see_names(user, review, on=on):
            raise NotPermitted(NO_ACCESS_TO_REPORT)

    def note(self, verb: str, *, document: Document, by: Any, text: str = "", **details: Any) -> None:
        record(verb, by=by, obj=document, reference=document.reference, text=text, **details)


OWNER, REPORT_OWNER = DraftDocuments(), ReportDocuments()
