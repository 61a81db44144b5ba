"""Findings are mended in a new file, or accepted by two people: one proposes, a second accepts."""

from collections.abc import Iterable
from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from publications.disclosure import gate, permissions
from publications.disclosure.states import FINDINGS, FindingStatus
from publications.models import DisclosureFinding, Publication
from publications.workflow.disclosure.base import local_day, lock, note


def _words(text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise WorkflowError(missing)
    return text


def _taken(
    publication: Publication, findings: Iterable[DisclosureFinding], *, by: User, now: datetime
) -> list[DisclosureFinding]:
    """The locked findings, all of the publication's newest check."""
    publication = lock(publication)
    permissions.check_prepare(by, publication, on=local_day(now))
    rows = DisclosureFinding.objects.select_for_update(of=("self",)).select_related("check_of__document")
    found = list(rows.filter(pk__in=[finding.pk for finding in findings], check_of__publication=publication))
    last = gate.newest(publication)
    if not found:
        raise WorkflowError("Choose at least one finding.")
    if any(finding.check_of_id != (last.pk if last else None) for finding in found):
        raise WorkflowError("The report was checked again meanwhile. Look at the newest check.")
    return found


@workflow
def propose(
    *, publication: Publication, findings: Iterable[DisclosureFinding], reason: str, by: User, now: datetime
) -> int:
    """Say why findings may stay, for a second person to accept; returns how many. Proposed so already: quiet."""
    reason = _words(reason, "Say why this may stay in the report.")
    count = 0
    for finding in _taken(publication, findings, by=by, now=now):
        if (finding.status, finding.reason, finding.proposed_by_id) == (FindingStatus.PROPOSED, reason, by.pk):
            continue
        finding.status = FINDINGS.check(finding.status, "propose").target
        finding.reason, finding.proposed_by, finding.proposed_at = reason, by, now
        finding.refused_reason = ""
        finding.save(update_fields=["status", "reason", "proposed_by", "proposed_at", "refused_reason"])
        count += 1
    if count:
        note("proposed", publication, by=by, count=count)
    return count


@workflow
def accept(*, publication: Publication, findings: Iterable[DisclosureFinding], by: User, now: datetime) -> int:
    """A second person says that findings may stay; returns how many. Accepted by them already: quiet."""
    count = 0
    for finding in _taken(publication, findings, by=by, now=now):
        if finding.status == FindingStatus.ACCEPTED and finding.accepted_by_id == by.pk:
            continue
        target = FINDINGS.check(finding.status, "accept").target
        permissions.check_second(by, finding)
        finding.status, finding.accepted_by, finding.accepted_at = target, by, now
        finding.save(update_fields=["status", "accepted_by", "accepted_at"])
        count += 1
    if count:
        note("accepted", publication, by=by, count=count)
    return count


@workflow
def refuse(
    *, publication: Publication, findings: Iterable[DisclosureFinding], reason: str, by: User, now: datetime
) -> int:
    """A second person says that findings must be mended, and why; or who proposed it takes that back."""
    reason = _words(reason, "Say why this may not stay in the report.")
    return _reopened("refuse", publication, findings, reason, by=by, now=now)


@workflow
def reopen(
    *, publication: Publication, findings: Iterable[DisclosureFinding], reason: str, by: User, now: datetime
) -> int:
    """Take an acceptance back."""
    reason = _words(reason, "Say why this may not stay in the report after all.")
    return _reopened("reopen", publication, findings, reason, by=by, now=now)


def _reopened(
    verb: str, publication: Publication, findings: Iterable[DisclosureFinding], reason: str, *, by: User, now: datetime
) -> int:
    count = 0
    for finding in _taken(publication, findings, by=by, now=now):
        if finding.status == FindingStatus.OPEN and finding.refused_reason == reason:
            continue
        finding.status = FINDINGS.check(finding.status, verb).target
        finding.accepted_by = finding.accepted_at = None
        finding.refused_reason = reason
        finding.save(update_fields=["status", "accepted_by", "accepted_at", "refused_reason"])
        count += 1
    if count:
        note("refused" if verb == "refuse" else "reopened", publication, by=by, count=count)
    return count
