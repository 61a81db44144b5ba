"""What the documents of a publication ask of it: which are visible, who may do what, and their place in the trail."""

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
from publications import permissions
from publications.models import Publication

PREFIX = "publication"


class PublicationDocuments:
    """The owner of documents whose key begins with "publication:" (documents/owners.py)."""

    def keys_visible_to(self, user: Any) -> Iterable[str]:
        rows = Publication.objects.visible_to(user).order_by()
        return rows.values_list(Concat(Value(f"{PREFIX}:"), "practice_review__reference"), flat=True)

    def check(self, user: Any, right: Right, owner_key: str, *, on: date) -> None:
        found = Publication.objects.filter(practice_review__reference=owner_key.partition(":")[2]).first()
        if found is None:
            raise NotPermitted("You do not have access to this publication.")
        permissions.check(user, Permission(right.value), found, on=on)

    def note(self, verb: str, *, document: Document, by: Any, text: str = "", **details: Any) -> None:
        record(verb, by=by, obj=document, reference=document.reference, text=text, **details)


OWNER = PublicationDocuments()
