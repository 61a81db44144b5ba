"""Walls round a case: declared by the member, or recorded by those who manage access; ruled on; ended."""

from datetime import date, datetime

from core.errors import InvalidTransition, WorkflowError
from core.guard import workflow
from panel.models import User
from panel.people import holders
from panel.permissions import GRANTS, Permission
from referrals import emails, permissions
from referrals.choices import ConflictKind
from referrals.models import ConflictOfInterest, Referral
from referrals.people import acts_for, stand_in
from referrals.states import CONFLICTS, ConflictStatus
from referrals.workflow.agencies import answer_open_questions
from referrals.workflow.base import local_day, note, take_recorded, words, write


@workflow
def declare_conflict(
    *,
    referral: Referral,
    kind: ConflictKind,
    reason: str,
    by: User,
    now: datetime,
    from_on: date | None = None,
    until_on: date | None = None,
) -> ConflictOfInterest:
    """`by` says that they have a conflict. The wall is up at once, on the safe side; the chair rules on it."""
    referral = take_recorded(referral, Permission.DECLARE_CONFLICT, by=by, now=now)
    conflict = _build(
        referral, by, ConflictStatus.DECLARED, kind=kind, reason=reason, from_on=from_on, until_on=until_on,
        by=by, now=now,
    )  # fmt: skip
    answer_open_questions(referral, by, is_conflict=True, now=now)
    note("conflict_declared", by=by, referral=referral, kind=conflict.get_kind_display().lower())
    emails.queue_declared(conflict, to=permissions.ruler(referral, on=local_day(now)), now=now)
    return conflict


@workflow
def record_conflict(
    *,
    referral: Referral,
    member: User,
    kind: ConflictKind,
    reason: str,
    by: User,
    now: datetime,
    from_on: date | None = None,
    until_on: date | None = None,
    sure: bool = False,
) -> ConflictOfInterest:
    """Wall `member` off from the case, from today unless `from_on` is given. Walled off already: that conflict.

    WorkflowError for a wall round oneself unless `sure`, and for one that would leave nobody to manage the case.
    """
    referral = take_recorded(referral, Permission.MANAGE_ACCESS, by=by, now=now)
    running: ConflictOfInterest | None = referral.conflicts.running_on(local_day(now)).filter(member=member).first()
    if running is not None:
        return running
    if member == by and not sure:
        raise WorkflowError(
            "This would close the case to yourself: you would not see it any more and could not undo that. "
            "Confirm it if you mean it."
        )
    conflict = _build(
        referral, member, ConflictStatus.RECORDED, kind=kind, reason=reason, from_on=from_on, until_on=until_on,
        by=by, now=now,
    )  # fmt: skip
    note("conflict_recorded", by=by, referral=referral, member=str(member), kind=conflict.get_kind_display().lower())
    return conflict


def _build(
    referral: Referral,
    member: User,
    status: ConflictStatus,
    *,
    kind: ConflictKind,
    reason: str,
    from_on: date | None,
    until_on: date | None,
    by: User,
    now: datetime,
) -> ConflictOfInterest:
    """The wall itself. Their named deputy is told that they act."""
    today = local_day(now)
    from_on = from_on or today
    reason = words(reason, "Say what the conflict of interest is.")
    _check_days(referral, member, from_on, until_on, today)
    _check_somebody_remains(referral, member, today)
    acted = acts_for(referral, member, today)
    conflict = ConflictOfInterest(
        referral=referral, member=member, kind=kind, reason=reason, status=status, from_on=from_on, until_on=until_on,
        recorded_by=by, recorded_at=now,
    )  # fmt: skip
    conflict.save()
    emails.queue_deputy_acts(conflict, to=stand_in(referral, member, today), now=now)
    if acted:
        emails.queue_nobody_acts(conflict, now=now)
    return conflict


def _check_days(referral: Referral, member: User, from_on: date, until_on: date | None, today: date) -> None:
    if from_on > today:
        raise WorkflowError("A conflict of interest cannot start in the future.")
    if until_on is not None and until_on < today:
        raise WorkflowError("The last day of a conflict of interest cannot be in the past.")
    earlier = referral.conflicts.filter(member=member, ended_on__isnull=True, until_on__gte=from_on).first()
    if earlier is not None and not earlier.runs_on(today):
        raise WorkflowError(
            f"An earlier conflict of interest ran until {earlier.until_on:%-d %B %Y}; this one cannot start before."
        )


def _check_somebody_remains(referral: Referral, member: User, today: date) -> None:
    walled = {c.member_id for c in referral.conflicts.all() if c.runs_on(today)} | {member.pk}
    if not holders(*GRANTS[Permission.MANAGE_ACCESS], on=today).exclude(pk__in=walled).exists():
        raise WorkflowError(
            "Nobody would be left to manage this case: chair, deputy chair and business manager would all be walled "
            "off. Give one of these roles to somebody without a conflict first."
        )


@workflow
def uphold_conflict(*, conflict: ConflictOfInterest, reason: str, by: User, now: datetime) -> ConflictOfInterest:
    """The chair's ruling: the wall stays. Upheld already: quiet."""
    conflict, done = _take_declared(conflict, "uphold", by=by, now=now)
    if done:
        return conflict
    reason = words(reason, "Say why the conflict of interest is upheld.")
    write(conflict, status=ConflictStatus.UPHELD, ruled_by=by, ruled_at=now, ruling_reason=reason)
    note("conflict_upheld", by=by, referral=conflict.referral, member=str(conflict.member), text=reason)
    emails.queue_ruled(conflict, now=now)
    return conflict


@workflow
def dismiss_conflict(*, conflict: ConflictOfInterest, reason: str, by: User, now: datetime) -> ConflictOfInterest:
    """The chair's ruling: no conflict. The wall comes down at once. Dismissed already: quiet."""
    conflict, done = _take_declared(conflict, "dismiss", by=by, now=now)
    if done:
        return conflict
    reason = words(reason, "Say why the conflict of interest is dismissed.")
    write(
        conflict, status=ConflictStatus.DISMISSED, ruled_by=by, ruled_at=now, ruling_reason=reason,
        ended_on=conflict.from_on, ended_by=by, end_reason=reason,  # there never was one: it counts on no day
    )  # fmt: skip
    note("conflict_dismissed", by=by, referral=conflict.referral, member=str(conflict.member), text=reason)
    emails.queue_ruled(conflict, now=now)
    _tell_deputy_it_is_over(conflict, now=now)
    return conflict


def _take_declared(
    conflict: ConflictOfInterest, verb: str, *, by: User, now: datetime
) -> tuple[ConflictOfInterest, bool]:
    """The locked conflict, and whether `verb` was done already."""
    referral = take_recorded(conflict.referral, Permission.RULE_CONFLICT, by=by, now=now)
    permissions.check_ruling(by, referral, on=local_day(now))
    conflict = referral.conflicts.select_for_update(of=("self",)).select_related("member").get(pk=conflict.pk)
    target = next(row.target for row in CONFLICTS.transitions if row.verb == verb)
    if conflict.status == target:
        return conflict, True
    CONFLICTS.check(conflict.status, verb)
    return conflict, False


@workflow
def end_conflict(*, conflict: ConflictOfInterest, reason: str, by: User, now: datetime) -> ConflictOfInterest:
    """Take the wall down: from today the member sees the case again. Ended already: quiet."""
    referral = take_recorded(conflict.referral, Permission.MANAGE_ACCESS, by=by, now=now)
    conflict = referral.conflicts.select_for_update(of=("self",)).select_related("member").get(pk=conflict.pk)
    if conflict.status == ConflictStatus.ENDED:
        return conflict
    if conflict.is_declared:
        raise InvalidTransition("This conflict of interest awaits the chair’s ruling, so it cannot be ended before.")
    CONFLICTS.check(conflict.status, "end")
    reason = words(reason, "Say why the conflict of interest has ended.")
    write(conflict, status=ConflictStatus.ENDED, ended_on=local_day(now), ended_by=by, end_reason=reason)
    note("conflict_ended", by=by, referral=referral, member=str(conflict.member), text=reason)
    _tell_deputy_it_is_over(conflict, now=now)
    return conflict


def _tell_deputy_it_is_over(conflict: ConflictOfInterest, *, now: datetime) -> None:
    deputy = stand_in(conflict.referral, conflict.member, local_day(now))
    emails.queue_deputy_acts(conflict, to=deputy, now=now)
