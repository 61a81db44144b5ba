from chronology.models.exports import Export, ExportPart
from chronology.models.findings import Dismissal, Finding, Timeline
from chronology.models.previews import Preview
from chronology.models.rows import ConcernedChild, Row, RowQuerySet, order_of

__all__ = [
    "ConcernedChild",
    "Dismissal",
    "Export",
    "ExportPart",
    "Finding",
    "Preview",
    "Row",
    "RowQuerySet",
    "Timeline",
    "order_of",
]
