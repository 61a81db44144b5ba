"""What the rapid review above this floor does to the case, called in the transaction of its own change."""

from datetime import datetime

from core.guard import workflow
from panel.models import User
from referrals.models import Referral
from referrals.workflow.base import local_day, lock, move, note, words
from referrals.workflow.clocks import ALL, withdraw_running


@workflow
def open_rapid_review(*, referral: Referral, by: User, now: datetime) -> Referral:
    """The rapid review of an accepted case is open."""
    referral = lock(referral)
    move(referral, "open_rapid_review", by=by, now=now)
    return referral


@workflow
def finish_rapid_review(*, referral: Referral, by: User, now: datetime) -> Referral:
    """The rapid review went to the national Panel."""
    referral = lock(referral)
    move(referral, "finish_rapid_review", by=by, now=now)
    return referral


@workflow
def resume_rapid_review(*, referral: Referral, by: User, now: datetime) -> Referral:
    """The national Panel disagreed: the rapid review goes on."""
    referral = lock(referral)
    move(referral, "resume_rapid_review", by=by, now=now)
    return referral


@workflow
def stop_rapid_review(*, referral: Referral, reason: str, by: User, now: datetime) -> Referral:
    """The rapid review was withdrawn, and the case with it: its criteria were found not met."""
    referral = lock(referral)
    reason = words(reason, "Say why the rapid review is withdrawn.")
    closing = {"closed_on": local_day(now), "closed_by": by, "closing_reason": reason}
    move(referral, "stop_rapid_review", by=by, now=now, **closing)
    withdraw_running(referral, ALL, by=by, now=now, reason=f"Withdrawn: {reason}")
    note("withdrawn", by=by, referral=referral, text=reason)
    return referral
