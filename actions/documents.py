"""What the documents of an action ask of it: which are visible, who may do what, and their place in the audit trail."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat

from actions import permissions
from actions.models import Action
from audit.workflow import record
from core.errors import NotPermitted
from documents.choices import Right
from documents.models import Document
from panel.permissions import Permission

PREFIX = "action"


class ActionDocuments:
    """The owner of documents whose key begins with "action:" (documents/owners.py)."""

    def keys_visible_to(self, user: Any) -> Iterable[str]:
        rows = Action.objects.visible_to(user).order_by()
        return rows.values_list(Concat(Value(f"{PREFIX}:"), "reference"), flat=True)

    def check(self, user: Any, right: Right, owner_key: str, *, on: date) -> None:
        action = Action.objects.filter(reference=owner_key.partition(":")[2]).first()
        if action is None:
            raise NotPermitted("You do not have access to this action.")
        permissions.check(user, Permission(right.value), action, on=on)

    def note(self, verb: str, *, document: Document, by: Any, text: str = "", **details: Any) -> None:
        record(verb, by=by, obj=document, reference=document.reference, text=text, **details)


OWNER = ActionDocuments()
