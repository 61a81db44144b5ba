"""The statutory clocks of a case, started, stopped and withdrawn with what happens to it."""

from collections.abc import Iterable
from datetime import date, datetime

from deadlines.models import Clock
from deadlines.workflow import complete_clock, start_clock, withdraw_clock
from panel.models import User
from referrals.models import Referral
from referrals.sections import INFORM, LOOKED_AFTER, NOTIFY
from referrals.workflow.base import local_day, write

NOTIFICATION = ("notify_clock", "inform_clock")
ALL = (*NOTIFICATION, "looked_after_clock")


def start_notification(referral: Referral, *, trigger_on: date, by: User, now: datetime) -> None:
    """The local authority's two duties after a notifiable incident, unless they run already."""
    if referral.notify_clock is None:
        write(referral, notify_clock=_start(NOTIFY, referral, trigger_on, by, now))
    if referral.inform_clock is None:
        write(referral, inform_clock=_start(INFORM, referral, trigger_on, by, now))


def start_looked_after(referral: Referral, *, trigger_on: date, by: User, now: datetime) -> None:
    """A looked-after child or care leaver died: the Secretary of State and Ofsted are told, abuse or not."""
    if referral.looked_after_clock is None:
        write(referral, looked_after_clock=_start(LOOKED_AFTER, referral, trigger_on, by, now))


def _start(code: str, referral: Referral, trigger_on: date, by: User, now: datetime) -> Clock:
    return start_clock(code=code, trigger_on=trigger_on, label=referral.reference, by=by, now=now)


def complete(
    referral: Referral, name: str, *, on: date | None, by: User, now: datetime, late_reason: str = "", told: str = ""
) -> None:
    """Stop the clock `name` of the case on the day `on`, where both are there. Only what was late keeps a reason."""
    clock: Clock | None = getattr(referral, name)
    if clock is None or on is None:
        return
    late = on > clock.due_on
    reasons = {"late_reason": late_reason if late else "", "told": told if late else ""}
    setattr(referral, name, complete_clock(clock=clock, on=on, by=by, now=now, **reasons))


def withdraw_running(referral: Referral, names: Iterable[str], *, by: User, now: datetime, reason: str) -> None:
    """End those of the named clocks that run, because the duty they count for is not there."""
    for name in names:
        clock: Clock | None = getattr(referral, name)
        if clock is not None and clock.is_running:
            setattr(referral, name, withdraw_clock(clock=clock, on=local_day(now), by=by, now=now, reason=reason))
