"""What the documents of a case ask of it: which are visible, who may do what, and their place in its audit trail."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse

from audit.workflow import record
from core.errors import NotPermitted
from core.needs import Need
from documents.choices import Right
from documents.models import Document
from documents.states import Status
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission
from referrals import permissions
from referrals.models import Referral

PREFIX = "case"


def key_of(referral: Referral) -> str:
    """The key under which the documents of a case are stored: "case:CSPR-2026-014"."""
    return f"{PREFIX}:{referral.reference}"


class CaseDocuments:
    """The owner of documents whose key begins with "case:" (documents/owners.py)."""

    def keys_visible_to(self, user: Any) -> Iterable[str]:
        cases = Referral.objects.visible_to(user).recorded().order_by()
        return cases.values_list(Concat(Value(f"{PREFIX}:"), "reference"), flat=True)

    def check(self, user: Any, right: Right, owner_key: str, *, on: date) -> None:
        referral = Referral.objects.recorded().filter(reference=owner_key.partition(":")[2]).first()
        if referral is None:
            raise NotPermitted("You do not have access to this case.")
        permissions.check(user, Permission(right.value), referral, on=on)

    def note(self, verb: str, *, document: Document, by: Any, text: str = "", **details: Any) -> None:
        record(verb, by=by, obj=document, reference=document.reference, text=text, **details)


OWNER = CaseDocuments()


def needs(user: User, today: date) -> list[Need]:
    """What the virus scan refused, for those who manage documents, until they have withdrawn it. One query."""
    if not panel.can(user, Permission.DISPOSE_OF_DOCUMENTS, on=today):
        return []
    refused = Document.objects.visible_to(user).filter(status=Status.REFUSED, owner_key__startswith=f"{PREFIX}:")
    return [
        Need(
            what="Deal with a file that the virus scan refused",
            url=reverse("referrals:document-detail", args=[document.reference, document.key]),
            about=document.reference,
        )
        for document in refused
    ]
