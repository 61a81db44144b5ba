"""What this app writes: ledgers of mornings and looks, the calendars' addresses, and what the search looks in."""

from overview.workflow.calendars import note_fetch, open_feed, revoke_feed, token_hash
from overview.workflow.documents import read_documents
from overview.workflow.looks import note_look
from overview.workflow.mornings import make_digest, send_digests
from overview.workflow.search import index_everything, index_stale

__all__ = [
    "index_everything",
    "index_stale",
    "make_digest",
    "note_fetch",
    "note_look",
    "open_feed",
    "read_documents",
    "revoke_feed",
    "send_digests",
    "token_hash",
]
