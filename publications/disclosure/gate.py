"""What of the disclosure check stands in the way of publication, and exactly what was cleared for it."""

import hashlib
from dataclasses import dataclass
from datetime import date

from documents.models import Document
from documents.states import LIVE
from documents.states import Status as DocumentStatus
from publications.disclosure import knowledge
from publications.disclosure.states import CheckStatus
from publications.models import DisclosureCheck, Publication

NO_CHECK = "No disclosure check has been made."
NO_FILE = "The disclosure check did not read the report: it was made of the web text alone."
CHANGED = "The file has changed since the disclosure check: check it again."
OTHER_FILE = "The file to be published is not the one that the disclosure check read: check it again."
WEB_CHANGED = "The text of the web page has changed since the disclosure check: check it again."
MORE_KNOWN = "What the case knows about its people has changed since the disclosure check: check the report again."
NOT_DONE = {
    CheckStatus.WAITING: "The disclosure check is still running.",
    CheckStatus.FAILED: "The disclosure check broke off: try it again.",
}


@dataclass(frozen=True)
class Cleared:
    """What the newest check read: the stored file by its hash, and the web text."""

    document: Document
    sha256: str
    web_text: str


def text_hash(text: str) -> str:
    """SHA-256 of a web text, whatever its line ends; "" for none."""
    plain = text.replace("\r\n", "\n").strip()
    return hashlib.sha256(plain.encode()).hexdigest() if plain else ""


def newest(publication: Publication) -> DisclosureCheck | None:
    """The check that counts."""
    checks = DisclosureCheck.objects.filter(publication=publication).select_related("document")
    found: DisclosureCheck | None = checks.order_by("-number").first()
    return found


def blocking_reasons(
    publication: Publication, *, on: date, web_text: str | None = None, file_sha256: str | None = None
) -> list[str]:
    """Each thing that stops publication on the day `on`, as a sentence; none where the report may go.

    `web_text` and `file_sha256` are what is about to be published, where the caller holds them; then they must be what
    was checked.
    """
    last = newest(publication)
    if last is None:
        return [NO_CHECK]
    if last.status != CheckStatus.DONE:
        return [NOT_DONE.get(CheckStatus(last.status)) or f"The report could not be checked. {last.refusal}"]
    found = _about_file(last, file_sha256)
    if web_text is not None and text_hash(web_text) != last.web_sha256:
        found.append(WEB_CHANGED)
    if knowledge.gather(publication.practice_review).fingerprint() != last.known_sha256:
        found.append(MORE_KNOWN)
    count = last.findings.blocking().count()
    if count:
        found.append(f"{count} finding{' is' if count == 1 else 's are'} open in the disclosure check.")
    return found


def _about_file(last: DisclosureCheck, file_sha256: str | None) -> list[str]:
    document = last.document
    if document is None:
        return [NO_FILE]
    is_gone = document.status != DocumentStatus.AVAILABLE or document.newer.filter(status__in=LIVE).exists()
    if is_gone or document.sha256_stored != last.file_sha256:
        return [CHANGED]
    return [OTHER_FILE] if file_sha256 is not None and file_sha256 != last.file_sha256 else []


def cleared(publication: Publication, *, on: date) -> Cleared | None:
    """What may be published, or None where anything stands in its way."""
    last = newest(publication)
    if last is None or last.document is None or blocking_reasons(publication, on=on):
        return None
    return Cleared(last.document, last.file_sha256, last.web_text)
