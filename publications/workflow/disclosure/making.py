"""A disclosure check is made by a worker, once.

An attempt is counted and committed first, so that a file that kills its worker does not do so for ever; then the check
is made under the row's lock, so that a second delivery of the same task finds it held or done.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from core.guard import workflow
from documents import storage
from documents.content.kinds import FileRefused
from documents.states import Status as DocumentStatus
from publications.disclosure import extract, knowledge, permissions
from publications.disclosure.choices import Where
from publications.disclosure.passages import Reading
from publications.disclosure.scan import Hit, scan
from publications.disclosure.states import CHECKS, FINDINGS, STANDING, CheckStatus, FindingStatus
from publications.models import DisclosureCheck, DisclosureFinding
from publications.workflow.disclosure.base import note, wake

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
STUCK_AFTER = timedelta(minutes=5)  # forty pages take some ten seconds
RELATED = ("publication__practice_review__referral", "document")


def sweep(*, now: datetime) -> int:
    """Wake a worker for every check whose task was lost or whose worker died; returns how many."""
    stuck = DisclosureCheck.objects.filter(status=CheckStatus.WAITING).filter(
        Q(started_at__isnull=True) | Q(started_at__lte=now - STUCK_AFTER)
    )
    return sum(wake(pk) for pk in stuck.values_list("pk", flat=True))


def make(*, pk: int, now: datetime) -> None:
    """Make the check `pk` if it waits. To be called outside a transaction, as often as you like."""
    if not begin_attempt(pk=pk, now=now):
        return
    try:
        finish(pk=pk, now=now)
    except FileRefused as error:
        refuse_file(pk=pk, sentence=str(error), now=now)
    except Exception as error:
        # Without the traceback: its local variables and messages may hold text of the report.
        logger.error("Disclosure check %s could not be made: %s.", pk, type(error).__name__)
        give_up_after_last_attempt(pk=pk, now=now)


def _waiting(pk: int) -> DisclosureCheck | None:
    """The check, held, if it waits, nobody else holds it, and the virus scanner is done with its file."""
    rows = DisclosureCheck.objects.select_for_update(skip_locked=True, of=("self",)).select_related(*RELATED)
    rows = rows.exclude(document__status=DocumentStatus.WAITING)
    found: DisclosureCheck | None = rows.filter(pk=pk, status=CheckStatus.WAITING).first()
    return found


@workflow
def begin_attempt(*, pk: int, now: datetime) -> bool:
    """Count the attempt. False where there is nothing to do."""
    check = _waiting(pk)
    if check is None:
        return False
    if check.attempts >= MAX_ATTEMPTS:
        _end(check, "give_up", now)
        return False
    check.attempts, check.started_at = check.attempts + 1, now
    check.save(update_fields=["attempts", "started_at"])
    return True


def _end(check: DisclosureCheck, verb: str, now: datetime, **fields: Any) -> None:
    fields |= {"status": CHECKS.check(check.status, verb).target, "ended_at": now}
    for name, value in fields.items():
        setattr(check, name, value)
    check.save(update_fields=[*fields])
    told = {"finish": "made", "refuse_file": "unreadable", "give_up": "failed"}[verb]
    note(told, check.publication, by=None, number=check.number, count=check.findings.count())


@workflow
def refuse_file(*, pk: int, sentence: str, now: datetime) -> None:
    """The file says nothing that can be checked: never clean."""
    check = _waiting(pk)
    if check is not None:
        _end(check, "refuse_file", now, refusal=sentence[:500])


@workflow
def give_up_after_last_attempt(*, pk: int, now: datetime) -> None:
    check = _waiting(pk)
    if check is not None and check.attempts >= MAX_ATTEMPTS:
        _end(check, "give_up", now)


@workflow
def finish(*, pk: int, now: datetime) -> DisclosureCheck | None:
    """Read, find, keep; carry over what two people accepted, and mend what is gone. Raises FileRefused.

    None where another delivery is doing or has done so.
    """
    check = _waiting(pk)
    if check is None:
        return None
    readings, known = _readings(check), knowledge.gather(check.publication.practice_review)
    hits = scan(readings, known)
    _keep(check, hits)
    text = " ".join(passage.text for reading in readings for passage in reading.passages)
    _end(
        check, "finish", now, known_sha256=known.fingerprint(), pages=max(reading.pages for reading in readings),
        words=len(text.split()), notes=[note for reading in readings for note in reading.notes],
    )  # fmt: skip
    return check


def _readings(check: DisclosureCheck) -> list[Reading]:
    readings, document = [], check.document
    if document is not None:
        if document.status != DocumentStatus.AVAILABLE:
            raise FileRefused("The file was withdrawn or refused by the virus scan. Choose another one.")
        reading = extract.read(storage.read(document.key), document.extension)
        reading.passages.append(extract.file_name(document.original_name))
        for text in check.as_given:
            reading.add(text, Where.AS_GIVEN)
        readings.append(reading)
    if check.web_text:
        readings.append(Reading(passages=extract.web_text(check.web_text)))
    return readings


def _keep(check: DisclosureCheck, hits: list[Hit]) -> None:
    """Each hit is a finding; what was decided on the same words before still holds."""
    earlier = DisclosureFinding.objects.filter(
        check_of__publication=check.publication, check_of__number__lt=check.number, status__in=STANDING
    )
    standing = {finding.fingerprint: finding for finding in earlier.order_by("check_of__number")}
    made = [_finding(check, hit, standing.get(hit.fingerprint)) for hit in hits]
    DisclosureFinding.objects.bulk_create(made)
    there = {hit.fingerprint for hit in hits}
    for finding in earlier:
        if finding.fingerprint not in there:
            finding.status = FINDINGS.check(finding.status, "mend").target
            finding.mended_in = check
            finding.save(update_fields=["status", "mended_in"])


def _finding(check: DisclosureCheck, hit: Hit, before: DisclosureFinding | None) -> DisclosureFinding:
    made = DisclosureFinding(
        check_of=check, fingerprint=hit.fingerprint, kind=hit.kind, where=hit.where, label=hit.label[:250],
        matches=hit.matches, found=hit.found, before=hit.before, after=hit.after, pages=hit.pages,
        paragraphs=hit.paragraphs, times=hit.times, carried_from=before,
    )  # fmt: skip
    if before is not None and before.status != FindingStatus.OPEN:
        made.reason, made.proposed_by, made.proposed_at = before.reason, before.proposed_by, before.proposed_at
        made.status = FindingStatus.PROPOSED
        # Whoever gave this file is no second person for it, whatever they accepted before.
        if before.status == FindingStatus.ACCEPTED and before.accepted_by_id not in permissions.givers(check):
            made.status = FindingStatus.ACCEPTED
            made.accepted_by, made.accepted_at = before.accepted_by, before.accepted_at
    return made
