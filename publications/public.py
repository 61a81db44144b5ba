"""What the public page shows: only what was published. Nothing here knows the review, the case or a person."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from documents import storage
from publications.models import Publication, PublicPage
from publications.states import Status


@dataclass(frozen=True)
class Published:
    """One entry: a report, or the information on improvements that is published instead of one."""

    slug: str
    title: str
    text: str
    on: date
    is_report: bool
    is_gone: bool
    changed_at: datetime
    file_size: int = 0
    file_type: str = ""
    file_hash: str = ""
    file_key: str = ""

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.text.replace("\r\n", "\n").split("\n\n") if part.strip()]

    @property
    def etag(self) -> str:
        parts = [self.slug, self.title, self.text, str(self.on), str(self.is_gone), self.file_hash]
        return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def entries() -> list[Published]:
    """Everything that is out, newest first. Two queries."""
    rows = Publication.objects.public().exclude(slug="").select_related("report").prefetch_related("withholdings")
    return sorted(filter(None, map(_entry, rows)), key=lambda one: (one.on, one.slug), reverse=True)


def entry(slug: str) -> Published | None:
    """What is, or was, published under this address; None where nothing ever was."""
    rows = Publication.objects.exclude(status=Status.PLANNED).exclude(slug="")
    found = rows.filter(slug=slug).select_related("report").prefetch_related("withholdings").first()
    return _entry(found) if found else None


def _entry(publication: Publication) -> Published | None:
    if publication.status == Status.WITHHELD:
        decision = next((one for one in publication.withholdings.all() if one.ended_on is None), None)
        if decision is None:
            return None
        at = publication.planned_at
        return Published(
            publication.slug, publication.title, decision.improvements, decision.decided_on, False, False, at
        )  # fmt: skip
    if publication.published_on is None or publication.published_at is None:
        return None
    is_gone = publication.status == Status.TAKEN_DOWN
    file = publication.report if not is_gone and publication.report and publication.report.is_available else None
    return Published(
        publication.slug, publication.title, publication.web_text, publication.published_on, True, is_gone,
        publication.published_at, file.size if file else 0, file.content_type if file else "",
        file.sha256_stored if file else "", file.key.hex if file else "",
    )  # fmt: skip


def content(published: Published) -> bytes | None:
    """The published file, byte for byte; None where what is stored is not what was published."""
    if not published.file_key:
        return None
    data = storage.read(UUID(published.file_key))
    return data if hashlib.sha256(data).hexdigest() == published.file_hash else None


def list_etag(found: list[Published], page: PublicPage) -> str:
    parts = [one.etag for one in found] + [page.intro, page.contact]
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
