"""What of the disclosure check stands in the way of publication, and exactly what was cleared for it."""

import hashlib
from datetime import date

from publications.disclosure import extract, knowledge
from publications.disclosure.choices import Kind
from publications.disclosure.known import Known
from publications.disclosure.passages import Passage, Reading
from publications.disclosure.scan import scan
from publications.disclosure.states import CheckStatus
from publications.models import DisclosureCheck, Publication

NO_CHECK = "No disclosure check has been made."
CHANGED = "The file has changed since the disclosure check: check it again."
WEB_CHANGED = "The public text or title has changed since the disclosure check: check it again."
MORE_KNOWN = "What the case knows about its people has changed since the disclosure check: check the report again."
NOT_DONE = {
    CheckStatus.WAITING: "The disclosure check is still running.",
    CheckStatus.FAILED: "The disclosure check broke off: try it again.",
}


def public_text(publication: Publication) -> str:
    """What the public page says, beside the file."""
    return "\n\n".join(part.strip() for part in (publication.title, publication.web_text) if part.strip())


def text_hash(text: str) -> str:
    """SHA-256 of a text, whatever its line ends; "" for none."""
    plain = text.replace("\r\n", "\n").strip()
    return hashlib.sha256(plain.encode()).hexdigest() if plain else ""


def address_tells(publication: Publication, known: Known) -> list[str]:
    """What in the public address tells who the people are."""
    return _tells([extract.file_name(publication.slug.replace("-", "_") + ".html")], known)


def instead_tells(publication: Publication, improvements: str) -> list[str]:
    """What tells who the people are in all that the public reads where a report is not published.

    Nobody accepts findings there: it is short, and is written anew instead.
    """
    known = knowledge.gather(publication.practice_review)
    text = "\n\n".join((publication.title, improvements))
    return list(dict.fromkeys([*_tells(extract.web_text(text), known), *address_tells(publication, known)]))


def _tells(passages: list[Passage], known: Known) -> list[str]:
    hits = scan([Reading(passages=passages)], known)
    return [f"“{hit.found}” ({Kind(hit.kind).label.lower()})" for hit in hits]


def newest(publication: Publication) -> DisclosureCheck | None:
    """The check that counts."""
    checks = DisclosureCheck.objects.filter(publication=publication).select_related("document")
    found: DisclosureCheck | None = checks.order_by("-number").first()
    return found


def blocking_reasons(publication: Publication, *, on: date) -> list[str]:
    """Each thing that stops publication on the day `on`, as a sentence; none where the report may go."""
    last = newest(publication)
    if last is None:
        return [NO_CHECK]
    found = []
    if is_other_file(publication, last):
        found.append(CHANGED)
    if text_hash(public_text(publication)) != last.web_sha256:
        found.append(WEB_CHANGED)
    if found:
        return found
    if last.status != CheckStatus.DONE:
        return [NOT_DONE.get(CheckStatus(last.status)) or f"The report could not be checked. {last.refusal}"]
    known = knowledge.gather(publication.practice_review)
    if known.fingerprint() != last.known_sha256:
        found.append(MORE_KNOWN)
    told = address_tells(publication, known)
    if told:
        found.append(f"The public address tells who the people are: {', '.join(told)}. Change it.")
    count = last.findings.blocking().count()
    if count:
        found.append(f"{count} finding{' is' if count == 1 else 's are'} open in the disclosure check.")
    return found


def is_other_file(publication: Publication, check: DisclosureCheck) -> bool:
    """Whether the check read another file than the one to be published, byte for byte."""
    report = publication.report
    return check.file_sha256 != (report.sha256_stored if report else "") or check.document_id != publication.report_id
