"""Is it a serious child safeguarding case, and what follows? Each screening is kept as it was decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission
from referrals import emails, permissions
from referrals.choices import Decision, Kind, Whereabouts, YesNoUnknown
from referrals.models import Referral, Screening
from referrals.models.screening import CIRCUMSTANCES
from referrals.states import CLOSED, Status
from referrals.workflow.base import local_day, lock, move, note, take, words, write
from referrals.workflow.clocks import ALL, NOTIFICATION, start_notification, withdraw_running

SCREENING_FIELDS = (
    "abuse",
    "abuse_reasons",
    "harm",
    "harm_reasons",
    "whereabouts",
    "whereabouts_reasons",
    *[name for circumstance in CIRCUMSTANCES for name in (circumstance, f"{circumstance}_reasons")],
    "decision",
    "reasons",
    "information_wanted",
    "route",
)


@workflow
def screen(*, referral: Referral, facts: Mapping[str, Any], by: User, now: datetime) -> Screening:
    """Screen a case: `facts` by the names in SCREENING_FIELDS. The same again by the same person is quiet.

    Serious harm test: abuse or neglect known or suspected, and the child died or was seriously harmed. Notifiable
    (Children Act 2004 s16C(1)): in the area, or outside England while normally resident. What is notifiable starts
    the local authority's clocks, if they do not run already.
    """
    referral = lock(referral)
    today = local_day(now)
    permissions.check(by, Permission.SCREEN_CASE, referral, on=today)
    screening = Screening(referral=referral, screened_by=by, screened_at=now)
    for name in SCREENING_FIELDS:
        value = facts.get(name, "")
        setattr(screening, name, value.strip())
    last = referral.screenings.first()
    if last is not None and last.screened_by_id == by.pk and _same(last, screening):
        return last
    _check(screening, referral)
    _move(referral, screening, by=by, now=now)
    screening.save()
    if screening.is_notifiable and referral.kind == Kind.REFERRAL:
        start_notification(referral, trigger_on=referral.la_aware_on or today, by=by, now=now)
    note("screened", by=by, referral=referral, outcome=Decision(screening.decision).label.lower())
    emails.queue_screened(referral, by=by, now=now, screening=screening)
    if screening.decision == Decision.REDIRECT:
        emails.queue_redirected(referral, screening, by=by, now=now)
    return screening


def _same(one: Screening, other: Screening) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SCREENING_FIELDS)


def _check(screening: Screening, referral: Referral) -> None:
    words(screening.abuse_reasons, "Give your reasons about abuse or neglect.")
    words(screening.harm_reasons, "Give your reasons about death or serious harm.")
    words(screening.reasons, "Give the reasons for the outcome.")
    if screening.whereabouts != Whereabouts.IN_AREA:
        words(screening.whereabouts_reasons, "Say where it happened and where the child normally lived.")
    _check_circumstances(screening)
    if screening.decision == Decision.MORE_INFORMATION:
        words(screening.information_wanted, "Say which information is needed, and from whom.")
    if screening.decision == Decision.REDIRECT and not screening.route:
        raise WorkflowError("Choose the right route.")
    if screening.decision == Decision.NOT_MET and screening.is_notifiable:
        raise WorkflowError(
            "Your answers say that the serious-harm test and section 16C(1) are met, so the outcome cannot be that "
            "the criteria are not met. Check the answers or the outcome."
        )
    if screening.decision == Decision.PANEL and (screening.is_notifiable or referral.notified_on):
        raise WorkflowError(
            "This case is notifiable, so the Panel cannot consider it without a notification. Choose a rapid review."
        )


def _check_circumstances(screening: Screening) -> None:
    """All four were looked at; "no" may stand alone, every other answer has its reasons."""
    for name in CIRCUMSTANCES:
        title = Screening._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        if not getattr(screening, name):
            raise WorkflowError(f"Say whether this circumstance is there: {title}.")
        if getattr(screening, name) != YesNoUnknown.NO:
            words(getattr(screening, f"{name}_reasons"), f"Give your reasons about this circumstance: {title}.")


def _move(referral: Referral, screening: Screening, *, by: User, now: datetime) -> None:
    today = local_day(now)
    fields: dict[str, Any] = {}
    if screening.decision == Decision.RAPID_REVIEW:
        fields = {"accepted_on": today}
    closing = screening.decision in {Decision.REDIRECT, Decision.NOT_MET}
    if closing:
        fields = {"closed_on": today, "closed_by": by, "closing_reason": screening.reasons}
    move(referral, screening.decision, by=by, now=now, **fields)
    if closing:
        # The death of a looked-after child is told to the Secretary of State whatever this screening finds.
        reason = f"{Decision(screening.decision).label}: {screening.reasons}"
        withdraw_running(referral, NOTIFICATION, by=by, now=now, reason=reason)


@workflow
def withdraw(*, referral: Referral, reason: str, by: User, now: datetime) -> Referral:
    """Close a case that should not be there (a mistake, a double), with the reason; its clocks end. Twice: quiet."""
    referral = lock(referral)
    permissions.check(by, Permission.SCREEN_CASE, referral, on=local_day(now))
    if referral.status == Status.WITHDRAWN:
        return referral
    reason = words(reason, "Say why the case is withdrawn.")
    closing = {"closed_on": local_day(now), "closed_by": by, "closing_reason": reason}
    move(referral, "withdraw", by=by, now=now, **closing)
    withdraw_running(referral, ALL, by=by, now=now, reason=f"Withdrawn: {reason}")
    note("withdrawn", by=by, referral=referral, text=reason)
    emails.queue_screened(referral, by=by, now=now)
    return referral


@workflow
def assign_lead(*, referral: Referral, lead: User, by: User, now: datetime) -> Referral:
    """Give a recorded case another lead, who must see it. The same lead again is quiet."""
    referral = take(referral, Permission.SCREEN_CASE, by=by, now=now)
    if referral.lead_id == lead.pk:
        return referral
    if referral.status in CLOSED:
        raise WorkflowError("This case is closed, so it needs no other lead.")
    today = local_day(now)
    panel.check(lead, Permission.RECORD_CASE, on=today)
    if not referral.may_be_seen_by(lead, on=today):
        raise WorkflowError(f"{lead} has a conflict of interest in this case and cannot lead it.")
    write(referral, lead=lead)
    note("lead_assigned", by=by, referral=referral, lead=str(lead))
    emails.queue_lead(referral, by=by, now=now)
    return referral
