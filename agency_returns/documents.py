"""What the files of a return ask of it: who sees them, who may do what, and their place in the case's audit trail.

Signed-in people only. Whoever came by a link reads and adds through the door (views/files.py), which knows the request.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from agency_returns import permissions
from agency_returns.models import AgencyReturn, ReturnFile
from audit.workflow import record
from core.errors import NotPermitted
from documents.choices import Right
from documents.models import Document
from panel.permissions import Permission
from referrals import permissions as cases

PREFIX = "return"
NO_ACCESS = "You do not have access to this return."
FROZEN = "This file belongs to a return that was signed off, so it stays as it is."


def new_key(version: AgencyReturn) -> str:
    """The key of one more file of a version: "return:17:v2:" and a random part, so that each is seen for itself."""
    return f"{version.source_key}:{uuid.uuid4().hex}"


def version_of(owner_key: str) -> AgencyReturn | None:
    _, request, version, _ = owner_key.split(":")
    found = AgencyReturn.objects.select_related("request__referral", "request__agency")
    return found.filter(request=int(request), version=int(version[1:])).first()


class ReturnDocuments:
    """The owner of documents whose key begins with "return:" (documents/owners.py)."""

    def keys_visible_to(self, user: Any) -> Iterable[str]:
        return ReturnFile.objects.visible_to(user).order_by().values_list("owner_key", flat=True)

    def check(self, user: Any, right: Right, owner_key: str, *, on: date) -> None:
        version = version_of(owner_key)
        if version is None:
            raise NotPermitted(NO_ACCESS)
        if right == Right.ADD:
            permissions.check_answer(user, version.request, on=on)
            return
        mine = ReturnFile.objects.visible_to(user, on=on).filter(owner_key=owner_key).select_related("document").first()
        if mine is None:
            raise NotPermitted(NO_ACCESS)
        if right == Right.WITHDRAW and mine.document.has_file:
            raise NotPermitted(FROZEN)
        cases.check(user, Permission(right.value), version.request.referral, on=on)

    def note(self, verb: str, *, document: Document, by: Any, text: str = "", **details: Any) -> None:
        record(verb, by=by, obj=document, reference=document.reference, text=text, **details)


OWNER = ReturnDocuments()
