"""Reading the text of stored files for the search, one after the other, in the background."""

from datetime import datetime

from django.db.models import Q

from actions.models import Action
from core.guard import workflow
from documents import storage
from documents.models import Document
from overview.models import DocumentText, SearchSubject
from overview.search import reading
from overview.search.reading import Reading

TRIES = 3
AT_ONCE = 20  # files of one run


def read_documents(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Read what is available and not yet read; returns how many files. Two at once read nothing twice in vain."""
    settled = DocumentText.objects.filter(Q(read_at__isnull=False) | ~Q(problem="") | Q(tries__gte=TRIES))
    waiting = Document.objects.downloadable().exclude(pk__in=settled.values("document")).order_by("pk")
    return sum(_read(document, now) for document in waiting[:limit])


def _read(document: Document, now: datetime) -> bool:
    if not _begin(document=document, now=now):
        return False
    try:
        found = reading.read(storage.read(document.key), document.extension)
    except FileNotFoundError:
        found = Reading(problem="The file is missing in the storage.")
    _keep(document=document, found=found, now=now)
    return True


@workflow
def _begin(*, document: Document, now: datetime) -> bool:
    """Count the try before the file is opened; False where somebody else has begun this moment."""
    text, is_new = DocumentText.objects.select_for_update().get_or_create(
        document=document, defaults={"reference": document.reference, "tries": 1, "tried_at": now}
    )
    if is_new:
        return True
    if text.tried_at == now or text.read_at is not None:
        return False
    text.tries, text.tried_at = text.tries + 1, now
    text.save(update_fields=["tries", "tried_at"])
    return True


@workflow
def _keep(*, document: Document, found: Reading, now: datetime) -> None:
    """The text, where the file is still available; what it belongs to is then indexed anew."""
    # Whoever disposes of the file waits, and the next run of the index forgets the text.
    if not Document.objects.select_for_update(no_key=True).downloadable().filter(pk=document.pk).exists():
        DocumentText.objects.filter(document=document).delete()
        return
    DocumentText.objects.filter(document=document).update(
        text=found.text, is_cut=found.is_cut, problem=found.problem, read_at=None if found.problem else now
    )
    action = Action.objects.filter(reference=document.reference).select_related("referral").first()
    reference = action.case_reference if action else document.reference
    SearchSubject.objects.filter(reference=reference).update(indexed_at=None)
