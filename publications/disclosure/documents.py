"""What the documents of a disclosure check ask of its publication (documents/owners.py)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat

from audit.workflow import record
from core.errors import NotPermitted
from documents.choices import Right
from documents.models import Document
from panel.permissions import Permission
from publications.disclosure import permissions
from publications.models import Publication

PREFIX = "disclosure"
KIND = "other"
RIGHTS = {Right.ADD: Permission.PREPARE_PUBLICATION}  # the others are the same rights as everywhere


def key_of(publication: Publication) -> str:
    return f"{PREFIX}:{publication.practice_review.reference}"


class DisclosureDocuments:
    """The owner of documents whose key begins with "disclosure:"."""

    def keys_visible_to(self, user: Any) -> Iterable[str]:
        rows = Publication.objects.visible_to(user).order_by()
        return rows.values_list(Concat(Value(f"{PREFIX}:"), "practice_review__reference"), flat=True)

    def check(self, user: Any, right: Right, owner_key: str, *, on: date) -> None:
        publication = Publication.objects.filter(practice_review__reference=owner_key.partition(":")[2]).first()
        if publication is None:
            raise NotPermitted("You do not have access to this publication.")
        permissions.check(user, RIGHTS.get(right) or Permission(right.value), publication, on=on)

    def note(self, verb: str, *, document: Document, by: Any, text: str = "", **details: Any) -> None:
        record(verb, by=by, obj=document, reference=document.reference, text=text, **details)


OWNER = DisclosureDocuments()
