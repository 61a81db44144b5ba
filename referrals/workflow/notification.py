"""After recording: the notification was sent, the partners informed, the Secretary of State and Ofsted told."""

from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from deadlines.models import Clock
from panel.models import User
from panel.permissions import Permission
from referrals.models import Referral
from referrals.states import CLOSED, UNRECORDED
from referrals.workflow.base import local_day, note, take, write
from referrals.workflow.clocks import complete, start_notification


@workflow
def record_notification_sent(
    *,
    referral: Referral,
    sent_on: date,
    sin_reference: str,
    by: User,
    now: datetime,
    copy_received_on: date | None = None,
    late_reason: str = "",
    told: str = "",
) -> Referral:
    """Record when the notification went to the national Panel: its clock ends. Late without a reason: WorkflowError.

    The same again is quiet. A case that came in as a referral gets its clocks here, from the day the local authority
    became aware, if they do not run already.
    """
    referral = _take_running(referral, by=by, now=now)
    if referral.notified_on == sent_on and referral.sin_reference == sin_reference.strip():
        return referral
    _check_day(referral, sent_on, referral.notified_on, "the notification was sent", now)
    if copy_received_on is not None and copy_received_on < sent_on:
        raise WorkflowError("The copy cannot have been received before the notification was sent.")
    start_notification(referral, trigger_on=referral.la_aware_on or sent_on, by=by, now=now)
    write(
        referral,
        notified_on=sent_on,
        sin_reference=sin_reference.strip(),
        copy_received_on=copy_received_on or referral.copy_received_on,
        la_aware_on=referral.la_aware_on or sent_on,
    )
    complete(referral, "notify_clock", on=sent_on, by=by, now=now, late_reason=late_reason.strip(), told=told.strip())
    note("notified", by=by, referral=referral, on=f"{sent_on:%-d %B %Y}", late=_late(referral.notify_clock, sent_on))
    return referral


@workflow
def record_partners_informed(
    *, referral: Referral, informed_on: date, by: User, now: datetime, late_reason: str = "", told: str = ""
) -> Referral:
    """Record when the three Safeguarding Partners were informed: that clock ends."""
    referral = _take_running(referral, by=by, now=now)
    if referral.partners_informed_on == informed_on:
        return referral
    _check_day(referral, informed_on, referral.partners_informed_on, "the partners were informed", now)
    clock = _needed(referral.inform_clock, "The duty to inform the partners starts with a notifiable incident.")
    write(referral, partners_informed_on=informed_on)
    complete(
        referral, "inform_clock", on=informed_on, by=by, now=now, late_reason=late_reason.strip(), told=told.strip()
    )
    note("partners_informed", by=by, referral=referral, on=f"{informed_on:%-d %B %Y}", late=_late(clock, informed_on))
    return referral


@workflow
def record_regulators_told(
    *, referral: Referral, told_on: date, by: User, now: datetime, late_reason: str = "", told: str = ""
) -> Referral:
    """Record when the Secretary of State and Ofsted were told of a looked-after child's death: that clock ends."""
    referral = _take_running(referral, by=by, now=now, even_closed=True)
    if referral.regulators_told_on == told_on:
        return referral
    _check_day(referral, told_on, referral.regulators_told_on, "they were told", now)
    clock = _needed(referral.looked_after_clock, "Only the death of a looked-after child or care leaver is told.")
    write(referral, regulators_told_on=told_on)
    complete(
        referral, "looked_after_clock", on=told_on, by=by, now=now, late_reason=late_reason.strip(), told=told.strip()
    )
    note("regulators_told", by=by, referral=referral, on=f"{told_on:%-d %B %Y}", late=_late(clock, told_on))
    return referral


def _take_running(referral: Referral, *, by: User, now: datetime, even_closed: bool = False) -> Referral:
    referral = take(referral, Permission.RECORD_CASE, by=by, now=now)
    refused = UNRECORDED if even_closed else UNRECORDED | CLOSED
    if referral.status in refused:
        raise WorkflowError(f"This case is {referral.get_status_display().lower()}, so there is nothing to record.")
    return referral


def _needed(clock: Clock | None, missing: str) -> Clock:
    if clock is None:
        raise WorkflowError(missing)
    return clock


def _check_day(referral: Referral, day: date, recorded: date | None, what: str, now: datetime) -> None:
    if recorded is not None:
        raise WorkflowError(f"It is recorded already that {what} on {recorded:%-d %B %Y}.")
    if day > local_day(now):
        raise WorkflowError(f"The day on which {what} cannot be in the future.")
    if referral.la_aware_on is not None and day < referral.la_aware_on:
        aware = f"{referral.la_aware_on:%-d %B %Y}"
        raise WorkflowError(f"The day on which {what} cannot be before the local authority became aware, on {aware}.")


def _late(clock: Clock | None, on: date) -> str:
    return " It was late." if clock is not None and on > clock.due_on else ""
