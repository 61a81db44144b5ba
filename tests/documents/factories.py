"""Documents stored by the real workflow."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from documents import workflow
from documents.models import Document
from panel.models import User
from panel.roles import Role
from referrals.documents import key_of
from referrals.models import Referral
from tests.documents import files
from tests.referrals.factories import SECRET, person_with


def store(
    referral: Referral, data: bytes | None = None, extension: str = "pdf", *, by: User | None = None,
    now: datetime | None = None, **more: Any,
) -> Document:  # fmt: skip
    """One document of a case. Its file's name and its description hold what must not leak."""
    now = now or timezone.now()
    facts = {"kind": "legal", "description": f"Statement about {SECRET}"} | more
    return workflow.store(
        owner_key=key_of(referral), reference=referral.reference,
        file=files.upload(files.pdf(extension) if data is None else data, extension), **facts,
        by=by or person_with(Role.BUSINESS_MANAGER, now), now=now,
    )  # fmt: skip
