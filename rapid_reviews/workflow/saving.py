"""What saving any text of a review has in common: nobody's words are replaced unseen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.errors import WorkflowError
from panel.models import User
from rapid_reviews.models import Section
from rapid_reviews.models.structured import Versioned


class ConflictError(WorkflowError):
    """Somebody saved this after the page was opened. `saved` is what stands now."""

    def __init__(self, saved: Section | Versioned) -> None:
        super().__init__(f"{saved.updated_by} saved this while you were writing.")
        self.saved = saved


class SectionConflictError(ConflictError):
    """The same, of a section."""

    def __init__(self, saved: Section) -> None:
        super().__init__(saved)
        self.args = (f"{saved.updated_by} saved this section while you were writing.",)


def put(row: Section | Versioned, facts: Mapping[str, Any], *, version: int, by: User, now: datetime) -> bool:
    """Write `facts` over `version`, the number that the page was given; whether anything changed.

    The same words twice are quiet. Raises a ConflictError where another version stands by now.
    """
    if row.version and all(getattr(row, name) == value for name, value in facts.items()):
        return False
    if version != row.version:
        raise SectionConflictError(row) if isinstance(row, Section) else ConflictError(row)
    for name, value in facts.items():
        setattr(row, name, value)
    row.version, row.updated_by, row.updated_at = version + 1, by, now
    row.save()
    return True
