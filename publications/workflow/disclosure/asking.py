"""A disclosure check is asked for by a person; the row is the queue."""

import io
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db.models import Max

from core.errors import WorkflowError
from core.guard import workflow
from documents import content
from documents.models import Document
from documents.states import Status as DocumentStatus
from documents.uploads import INFECTED
from documents.workflow import store
from panel.models import User
from publications.disclosure import documents as owned
from publications.disclosure import extract, gate, knowledge, permissions
from publications.disclosure.states import CHECKS, CheckStatus
from publications.models import DisclosureCheck, Publication
from publications.states import Status
from publications.workflow.disclosure.base import local_day, lock, note, wake_on_commit


@workflow
def ask_check(
    *, publication: Publication, file: Any = None, document: Document | None = None, web_text: str = "", by: User,
    now: datetime,
) -> DisclosureCheck:  # fmt: skip
    """Have the report read: a `file`, or a `document` that is stored, and the web text, or one of the two.

    The same again while it is being checked, or since nothing changed: that check is returned, and nothing happens.
    Raises FileRefused, with a sentence, for a file that cannot be read.
    """
    publication = lock(publication)
    permissions.check_prepare(by, publication, on=local_day(now))
    if publication.status != Status.PLANNED:
        raise WorkflowError(
            f"This publication is {publication.get_status_display().lower()}: nothing is left to check."
        )
    given: list[str] = []
    if file is not None:
        document, given = _kept(publication, file, by=by, now=now)
    elif document is not None:
        given = _given_before(publication, document)
    if document is None and not web_text.strip():
        raise WorkflowError("Choose the report, enter the text of the web page, or both.")
    last = gate.newest(publication)
    if last is not None and _is_same(last, document, web_text):
        return last
    if last is not None and last.status == CheckStatus.WAITING:
        raise WorkflowError("A check of another file is running. Wait until it is done.")
    return _queued(publication, document, web_text, given, by=by, now=now)


def _queued(
    publication: Publication, document: Document | None, web_text: str, given: list[str], *, by: User, now: datetime
) -> DisclosureCheck:
    most = publication.disclosure_checks.aggregate(most=Max("number"))["most"] or 0
    made = DisclosureCheck(
        publication=publication, number=most + 1, document=document, as_given=given, asked_by=by, asked_at=now,
        file_sha256=document.sha256_stored if document else "", web_text=web_text.strip(),
        web_sha256=gate.text_hash(web_text),
    )  # fmt: skip
    made.save(force_insert=True)
    note("asked", publication, by=by, number=made.number)
    wake_on_commit(made.pk)
    return made


def _kept(publication: Publication, file: Any, *, by: User, now: datetime) -> tuple[Document, list[str]]:
    """The stored document, and what its properties said before the store took them out."""
    data, name = file.read(), str(file.name)
    kind = content.identify(data, name)
    given, review = extract.properties(data, kind.extensions[0]), publication.practice_review
    document = store(
        owner_key=owned.key_of(publication), reference=review.referral.reference if review.referral else str(review),
        file=File(io.BytesIO(data), name=name), kind=owned.KIND, description="Report to be published", by=by,
        now=now,
    )  # fmt: skip
    if document.status == DocumentStatus.REFUSED:
        raise WorkflowError(INFECTED)
    return document, given


def _given_before(publication: Publication, document: Document) -> list[str]:
    """The properties of a stored document as they were when it came through here; of others nothing is known."""
    earlier = publication.disclosure_checks.filter(document=document).order_by("number").first()
    return list(earlier.as_given) if earlier else []


def _is_same(last: DisclosureCheck, document: Document | None, web_text: str) -> bool:
    if last.document_id != (document.pk if document else None) or last.web_sha256 != gate.text_hash(web_text):
        return False
    if last.status == CheckStatus.WAITING:
        return True
    known = knowledge.gather(last.publication.practice_review).fingerprint()
    return last.status == CheckStatus.DONE and last.known_sha256 == known


@workflow
def try_again(*, check: DisclosureCheck, by: User, now: datetime) -> DisclosureCheck:
    """Have a check that broke off made anew. Running already: quiet."""
    publication = lock(check.publication)
    permissions.check_prepare(by, publication, on=local_day(now))
    check = DisclosureCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if check.status == CheckStatus.WAITING:
        return check
    check.status = CHECKS.check(check.status, "try_again").target  # type: ignore[assignment]
    check.attempts, check.started_at, check.ended_at = 0, None, None
    check.save(update_fields=["status", "attempts", "started_at", "ended_at"])
    note("tried_again", publication, by=by, number=check.number)
    wake_on_commit(check.pk)
    return check
