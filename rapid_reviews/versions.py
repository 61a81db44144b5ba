"""Every saved version of a section or a row, read from the row history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rapid_reviews.models import Section
from rapid_reviews.models.structured import Versioned

SITTING = timedelta(minutes=10)  # saves by one person with shorter pauses are one piece of work


@dataclass(frozen=True)
class Version:
    """One save of a section."""

    number: int
    text: str
    by: str
    at: datetime
    state: str


def events_of(row: Any) -> Any:
    """Every version of a section or a row, as the row history keeps them, oldest first."""
    return row.pgh_event_model.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id")


def versions_of(section: Section) -> list[Version]:
    """Every save, newest first. One query."""
    found = {event.version: _version(event) for event in events_of(section).select_related("updated_by")}
    return [found[number] for number in sorted(found, reverse=True)]


def _version(event: Any) -> Version:
    state = "complete" if event.is_complete else "ready for review" if event.is_ready else "in progress"
    return Version(event.version, text_of(event), str(event.updated_by), event.updated_at, state)


def text_of(section: Any) -> str:
    """All that a section (or a version of it) says, as one text."""
    unknown = f"Not known: {section.unknown_reason}" if section.is_unknown else ""
    return "\n".join(part for part in (unknown, section.text) if part)


def sittings(versions: Sequence[Version]) -> list[Version]:
    """Only the last save of each sitting; `versions` newest first."""
    kept: list[Version] = []
    later: Version | None = None
    for version in versions:
        if later is None or later.by != version.by or later.at - version.at > SITTING:
            kept.append(version)
        later = version
    return kept


def fields_at(row: Section | Versioned, number: int, fields: Sequence[str]) -> dict[str, str]:
    """What `fields` held in the version `number`; empty where there was none. One query."""
    event = events_of(row).filter(version=number).last() if number and row.pk else None
    return {name: getattr(event, name) if event else "" for name in fields}
