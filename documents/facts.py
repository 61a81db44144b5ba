"""What a page tells of one document, as rows of label and value."""

from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from documents.models import Document


@dataclass(frozen=True)
class Row:
    label: str
    value: str
    is_empty: bool = False


def _day(at: datetime | None) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{local.day} {local:%B %Y}, {local:%H:%M}"


def _sentences(lines: list[str]) -> str:
    return "\n".join(line[:1].upper() + line[1:] for line in lines)


def rows(document: Document, *, names: bool) -> list[Row]:
    """All that is known of it. The name under which it came only where `names` may be shown."""
    made = [
        Row("Stored as", document.filename),
        Row("Type", document.kind.name),
        Row("Protective marking", document.get_marking_display()),
        Row("What it is", document.description or "Not described", not document.description),
        Row("Added", f"{_day(document.uploaded_at)}, by {document.giver}"),
        Row("Virus scan", _scan(document)),
    ]
    if names:
        made.insert(1, Row("Came under the name", document.original_name))
    if document.sha256_stored:
        made += [
            Row("Size", filesizeformat(document.size)),
            Row("Taken out before storing", _sentences(document.stripped) or "Nothing was found to take out",
                not document.stripped),
            Row("Could not be taken out", _sentences(document.not_stripped)),
        ]  # fmt: skip
    made.append(Row("SHA-256 of what came", document.sha256_original))
    if document.sha256_stored:
        made.append(Row("SHA-256 of what is stored", document.sha256_stored))
    return made + _ends(document)


def _scan(document: Document) -> str:
    told = str(document.get_scan_display())
    if document.scan_finding:
        told += f" ({document.scan_finding})"
    return f"{told}\n{_day(document.scanned_at)}".strip()


def _ends(document: Document) -> list[Row]:
    """Legal hold, withdrawal and disposal, each with who, when and why."""
    steps = [
        ("On legal hold", document.held_at, document.held_by, document.held_reason),
        ("Withdrawn", document.withdrawn_at, document.withdrawn_by, document.withdrawn_reason),
        ("Disposed of", document.disposed_at, document.disposed_by, document.disposed_reason),
    ]
    return [Row(label, f"{_day(at)}, by {who}: {why}") for label, at, who, why in steps if at is not None]
