"""Every change of a document. Keyword-only: `by` is the person, `now` the moment."""

from documents.workflow.keeping import dispose, hold, release, take_back, withdraw
from documents.workflow.reading import note_looked_at, open_for
from documents.workflow.scanning import scan, scan_all
from documents.workflow.storing import store
from documents.workflow.sweeping import sweep

__all__ = [
    "dispose",
    "hold",
    "note_looked_at",
    "open_for",
    "release",
    "scan",
    "scan_all",
    "store",
    "sweep",
    "take_back",
    "withdraw",
]
