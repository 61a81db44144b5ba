"""The document that holds the terms of reference: whose it is, who reads it (documents/owners.py)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from audit.workflow import record
from core.errors import NotPermitted
from documents.choices import Right
from documents.models import Document
from panel import permissions as panel
from panel.permissions import Permission

PREFIX, REFERENCE = "terms", "TOR"
OWNER_KEY = f"{PREFIX}:{REFERENCE}"
RIGHTS = {Right.READ: Permission.SEE_MEETINGS}  # everything else: who plans the meetings


class TermsDocuments:
    """The owner of the documents under "terms:TOR"."""

    def keys_visible_to(self, user: Any) -> Iterable[str]:
        return [OWNER_KEY] if panel.can(user, Permission.SEE_MEETINGS) else []

    def check(self, user: Any, right: Right, owner_key: str, *, on: date) -> None:
        if owner_key != OWNER_KEY:
            raise NotPermitted("You do not have access to this document.")
        panel.check(user, RIGHTS.get(right, Permission.PLAN_MEETINGS), on=on)

    def note(self, verb: str, *, document: Document, by: Any, text: str = "", **details: Any) -> None:
        record(verb, by=by, obj=document, reference=document.reference, text=text, **details)


OWNER = TermsDocuments()
