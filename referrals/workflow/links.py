"""Cases that belong together: linked by a person, with a reason, and taken apart again."""

from datetime import datetime

from audit.workflow import record
from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from panel.models import User
from panel.permissions import Permission
from referrals import permissions
from referrals.choices import LinkKind
from referrals.models import CaseLink, Referral
from referrals.states import UNRECORDED
from referrals.workflow.base import local_day, lock, words, write


def _take_both(one: Referral, other: Referral, *, by: User, now: datetime) -> tuple[Referral, Referral]:
    """Both cases, locked in the order of their ids so that two people cannot block each other; both must be seen."""
    first, second = (lock(case) for case in sorted((one, other), key=lambda case: case.pk))
    for case in (first, second):
        permissions.check(by, Permission.RECORD_CASE, case, on=local_day(now))
        if case.status in UNRECORDED:
            raise NotPermitted("A draft is not linked. Record it first.")
    return first, second


@workflow
def link_cases(
    *, referral: Referral, other: Referral, kind: LinkKind, reason: str, by: User, now: datetime
) -> CaseLink:
    """Link two cases that `by` sees. Linked already in that way: that link."""
    if referral.pk == other.pk:
        raise WorkflowError("A case is not linked with itself.")
    first, second = _take_both(referral, other, by=by, now=now)
    running = CaseLink.objects.running().filter(first=first, second=second, kind=kind).first()
    if running is not None:
        return running
    reason = words(reason, "Say why the cases belong together.")
    link = CaseLink(first=first, second=second, kind=kind, reason=reason, linked_by=by, linked_at=now)
    link.save()
    _note("linked", link, by=by)
    return link


@workflow
def unlink_cases(*, link: CaseLink, reason: str, by: User, now: datetime) -> CaseLink:
    """Take a link away; that it was there, and why it went, is kept. Taken away already: quiet."""
    _take_both(link.first, link.second, by=by, now=now)
    link = CaseLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.ended_at is not None:
        return link
    reason = words(reason, "Say why the cases do not belong together.")
    write(link, ended_at=now, ended_by=by, end_reason=reason)
    _note("unlinked", link, by=by)
    return link


def _note(verb: str, link: CaseLink, *, by: User) -> None:
    """Under neither case's reference: a reader of one who has a wall before the other must not learn that it is there.

    The pages of both cases show who linked them, to those who see both.
    """
    record(f"referral.{verb}", by=by, obj=link, kind=link.get_kind_display().lower())
