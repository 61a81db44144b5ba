"""What a crash may leave: files without a row, and files of rows that should have none."""

import logging
from datetime import datetime, timedelta

from documents import storage
from documents.models import Document

logger = logging.getLogger(__name__)

GRACE = timedelta(hours=24)  # a transaction that stores is long over by then


def sweep(*, now: datetime) -> int:
    """Remove stored bytes that no row owns, and those of refused and disposed documents; returns how many went."""
    kept = set(Document.objects.with_file().values_list("key", flat=True))
    known = set(Document.objects.values_list("key", flat=True))
    removed = 0
    for key in storage.everything():
        if key in kept or (key not in known and storage.written_at(key) > now - GRACE):
            continue
        storage.delete(key)
        removed += 1
    if removed:
        logger.warning("Removed %d stored files that belonged to no document.", removed)
    return removed
