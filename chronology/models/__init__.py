from chronology.models.findings import Finding, Timeline
from chronology.models.previews import Preview
from chronology.models.rows import ConcernedChild, Row, RowQuerySet, order_of

__all__ = ["ConcernedChild", "Finding", "Preview", "Row", "RowQuerySet", "Timeline", "order_of"]
