"""The statutory clocks of a case, started, stopped and withdrawn with what happens to it."""

from datetime import date, datetime

from deadlines.models import Clock
from deadlines.workflow import complete_clock, start_clock, withdraw_clock
from panel.models import User
from referrals.models import Referral
from referrals.sections import INFORM, LOOKED_AFTER, NOTIFY
from referrals.workflow.base import local_day, write


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
    clock: Clock | None, *, on: date | None, by: User, now: datetime, late_reason: str = "", told: str = ""
) -> None:
    """Stop `clock` on the day `on`, where both are there. The reason is kept only for a clock that was late."""
    if clock is None or on is None:
        return
    late = on > clock.due_on
    complete_clock(
        clock=clock, on=on, by=by, now=now, late_reason=late_reason if late else "", told=told if late else ""
    )


def withdraw_running(clocks: list[Clock], *, by: User, now: datetime, reason: str) -> None:
    """End the clocks that run, because the duty they count for is not there."""
    for clock in clocks:
        if clock.is_running:
            withdraw_clock(clock=clock, on=local_day(now), by=by, now=now, reason=reason)
