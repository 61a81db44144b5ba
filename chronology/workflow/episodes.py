"""Key practice episodes, and from how many days on a gap is told."""

from datetime import datetime

from chronology.findings import refresh
from chronology.models import Row, Timeline
from chronology.workflow.base import local_day, lock, note
from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from panel.permissions import Permission
from referrals import permissions as cases
from referrals.models import Referral
from referrals.workflow.base import words

LONGEST_GAP = 3650


def _merged(row: Row) -> Row:
    found: Row = Row.objects.select_related("referral", "agency").get(pk=row.pk)
    if found.withdrawn_at is not None or found.released_at is None:
        raise WorkflowError("This row is not in the merged chronology.")
    return found


@workflow
def mark_key_episode(*, row: Row, title: str, by: User, now: datetime) -> Row:
    """Mark the row as a key practice episode, or give the mark another title."""
    cases.check(by, Permission.EDIT_CHRONOLOGY, row.referral, on=local_day(now))
    lock(row.referral)
    row = _merged(row)
    title = words(title, "Give the key practice episode a title.")[:200]
    if row.is_key_episode and row.key_title == title:
        return row
    row.is_key_episode, row.key_title, row.key_by, row.key_at = True, title, by, now
    row.save(update_fields=["is_key_episode", "key_title", "key_by", "key_at"])
    note("episode_marked", by=by, who=str(by), referral=row.referral, obj=row)
    return row


@workflow
def unmark_key_episode(*, row: Row, by: User, now: datetime) -> Row:
    """Take the mark away. Not marked: quiet."""
    cases.check(by, Permission.EDIT_CHRONOLOGY, row.referral, on=local_day(now))
    lock(row.referral)
    row = _merged(row)
    if not row.is_key_episode:
        return row
    row.is_key_episode, row.key_title, row.key_by, row.key_at = False, "", None, None
    row.save(update_fields=["is_key_episode", "key_title", "key_by", "key_at"])
    note("episode_unmarked", by=by, who=str(by), referral=row.referral, obj=row)
    return row


@workflow
def set_gap_days(*, referral: Referral, days: int, by: User, now: datetime) -> Timeline:
    """From how many days without being seen on a gap is told, in this case."""
    cases.check(by, Permission.EDIT_CHRONOLOGY, referral, on=local_day(now))
    timeline = lock(referral)
    if not 1 <= days <= LONGEST_GAP:
        raise WorkflowError(f"A gap has between 1 and {LONGEST_GAP} days.")
    if timeline.gap_days == days:
        return timeline
    timeline.gap_days = days
    timeline.save(update_fields=["gap_days"])
    note("gap_days_set", by=by, who=str(by), referral=referral, obj=timeline, days=days)
    refresh(timeline, [], now=now)
    return timeline


@workflow
def note_export(*, referral: Referral, kind: str, count: int, with_names: bool, by: User) -> None:
    """Keep that somebody took the chronology out of the system."""
    names = "with names" if with_names else "by pseudonym"
    note("exported", by=by, who=str(by), referral=referral, obj=referral, format=kind.upper(), count=count, names=names)
