"""What the business manager should know about the virus scanner: for the front page of the admin site.

Nothing here counts documents: a number would tell somebody behind a wall that a case is there.
"""

from datetime import datetime

from django.urls import reverse

from core import attention
from core.attention import Item
from documents import scanner


def scanning(now: datetime) -> list[Item]:
    where = reverse("admin:documents_document_changelist")
    if not scanner.is_configured():
        text = "No virus scanner is set up: documents are stored unscanned. Ask whoever runs the service (CLAMD_URL)."
        return [Item(text, f"{where}?scan__exact=not_scanned")]
    if not scanner.answers():
        text = "The virus scanner does not answer: uploads wait for it. Ask whoever runs the service."
        return [Item(text, f"{where}?status__exact=waiting", urgent=True)]
    return []


def register() -> None:
    attention.register("Documents", scanning)
