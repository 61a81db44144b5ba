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


def versions_of(section: Section) -> list[Version]:
    """Every save, newest first. One query."""
    events = section.pgh_event_model.objects.filter(pgh_obj_id=section.pk).select_related("updated_by")
    found = {event.version: _version(event) for event in events.order_by("pgh_id")}
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
    events = row.pgh_event_model.objects.filter(pgh_obj_id=row.pk, version=number).order_by("-pgh_id")
    event = events.first() if number and row.pk else None
    return {name: getattr(event, name) if event else "" for name in fields}
