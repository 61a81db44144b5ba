"""A disclosure check is asked for by a person; the row is the queue."""

import io
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db.models import Max

from core.errors import WorkflowError
from core.guard import workflow
from documents import content
from panel.models import User
from publications.disclosure import extract, gate, knowledge, permissions
from publications.disclosure.states import CHECKS, CheckStatus
from publications.models import DisclosureCheck, Publication
from publications.states import Status
from publications.workflow.agreeing import keep_report
from publications.workflow.disclosure.base import local_day, lock, note, wake_on_commit


@workflow
def ask_check(*, publication: Publication, file: Any = None, by: User, now: datetime) -> DisclosureCheck:
    """Have what is to be published read: file, title and public text. A `file` is kept as the report first.

    The same again while it is being checked, or since nothing changed: that check is returned, and nothing happens.
    Raises FileRefused, with a sentence, for a file that cannot be read.
    """
    publication = lock(publication)
    permissions.check_prepare(by, publication, on=local_day(now))
    if publication.status != Status.PLANNED:
        raise WorkflowError(f"It is {publication.get_status_display().lower()} already, so there is nothing to check.")
    given = _given_before(publication)
    if file is not None:
        publication, given = _kept(publication, file, by=by, now=now)
    if publication.report is None and not gate.public_text(publication):
        raise WorkflowError("There is nothing to check yet: choose the report, or enter the public text.")
    last = gate.newest(publication)
    if last is not None and _is_same(last, publication):
        return last
    if last is not None and last.status == CheckStatus.WAITING:
        raise WorkflowError("The check of what was there before is still running. Wait until it is done.")
    return _queued(publication, given, by=by, now=now)


def _queued(publication: Publication, given: list[str], *, by: User, now: datetime) -> DisclosureCheck:
    most = publication.disclosure_checks.aggregate(most=Max("number"))["most"] or 0
    report, text = publication.report, gate.public_text(publication)
    made = DisclosureCheck(
        publication=publication, number=most + 1, document=report, as_given=given, asked_by=by, asked_at=now,
        file_sha256=report.sha256_stored if report else "", web_text=text, web_sha256=gate.text_hash(text),
    )  # fmt: skip
    made.save(force_insert=True)
    note("asked", publication, by=by, number=made.number)
    wake_on_commit(made.pk)
    return made


def _kept(publication: Publication, file: Any, *, by: User, now: datetime) -> tuple[Publication, list[str]]:
    """The file kept as the report, and what its properties said before the store took them out."""
    data, name = file.read(), str(file.name)
    kind = content.identify(data, name)
    given = extract.properties(data, kind.extensions[0])
    kept = keep_report(publication=publication, file=File(io.BytesIO(data), name=name), by=by, now=now)
    return lock(kept), given


def _given_before(publication: Publication) -> list[str]:
    """The properties of the report as it came, where it came through here."""
    checks = publication.disclosure_checks.filter(document=publication.report, document__isnull=False)
    earlier = checks.order_by("number").first()
    return list(earlier.as_given) if earlier else []


def _is_same(last: DisclosureCheck, publication: Publication) -> bool:
    """Whether that check reads, or has read, exactly this, and the case has learned nothing since."""
    text = gate.public_text(publication)
    if gate.is_other_file(publication, last) or last.web_sha256 != gate.text_hash(text):
        return False
    if last.status == CheckStatus.WAITING:
        return True
    known = knowledge.gather(publication.practice_review).fingerprint()
    return last.status == CheckStatus.DONE and last.known_sha256 == known


@workflow
def try_again(*, check: DisclosureCheck, by: User, now: datetime) -> DisclosureCheck:
    """Have a check that broke off made anew. Running already: quiet."""
    publication = lock(check.publication)
    permissions.check_prepare(by, publication, on=local_day(now))
    check = DisclosureCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if check.status == CheckStatus.WAITING:
        return check
    check.status = CHECKS.check(check.status, "try_again").target
    check.attempts, check.started_at, check.ended_at = 0, None, None
    check.save(update_fields=["status", "attempts", "started_at", "ended_at"])
    note("tried_again", publication, by=by, number=check.number)
    wake_on_commit(check.pk)
    return check
