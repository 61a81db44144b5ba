"""A rapid review opens with its clock and its milestones, or not at all."""

from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from deadlines.choices import StartsAt
from deadlines.models import Rule
from deadlines.workflow import start_clock, start_milestones
from panel.models import User
from panel.permissions import Permission
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from rapid_reviews.workflow.base import local_day, note
from referrals import permissions
from referrals import workflow as cases
from referrals.choices import Kind
from referrals.models import Referral
from referrals.states import Status as CaseStatus

RULE = "rapid-review"
STRICTER = "Counted from the day on which the local authority became aware, as Working Together may also be read."


@workflow
def open_for(*, referral: Referral, by: User, now: datetime) -> RapidReview:
    """Open the rapid review of an accepted case: review, statutory clock and local milestones in one transaction.

    A second call returns the open review. WorkflowError where the case is not accepted or not notified.
    """
    today = local_day(now)
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    permissions.check(by, Permission.OPEN_RAPID_REVIEW, referral, on=today)
    existing: RapidReview | None = RapidReview.objects.filter(referral=referral).first()
    if existing is not None and existing.is_open:
        return existing
    refusal = why_not(referral)
    if refusal:
        raise WorkflowError(refusal)
    trigger, stricter = _triggers(referral)
    clock = start_clock(
        code=RULE, trigger_on=trigger, label=referral.reference, by=by, now=now,
        stricter_trigger_on=stricter, stricter_reason=STRICTER if stricter else "",
    )  # fmt: skip
    start_milestones(clock=clock, by=by, now=now)
    review = RapidReview(referral=referral, clock=clock, status=Status.OPENED, opened_by=by, opened_at=now)
    review.save()
    cases.open_rapid_review(referral=referral, by=by, now=now)
    note("opened", by=by, review=review, due=clock.due_on.isoformat())
    return review


def why_not(referral: Referral) -> str:
    """The sentence that keeps a rapid review from being opened; empty where nothing does."""
    if referral.status != CaseStatus.ACCEPTED:
        status = referral.get_status_display().lower()
        return f"A rapid review opens only for a case that was accepted for one. This case is: {status}."
    if referral.kind == Kind.SIN and referral.notified_on is None:
        return "The notification to the national Panel has no date. Record it, then open the rapid review."
    return ""


def _triggers(referral: Referral) -> tuple[date, date | None]:
    """The day from which the clock counts, and the earlier one of the stricter reading, if there is one.

    For a notified case two settings of the rule choose between notification and awareness. A local review, without
    a notification, counts from the acceptance of the referral.
    """
    if referral.accepted_on is None:
        raise WorkflowError("The day on which the case was accepted is missing.")
    if referral.notified_on is None:
        return referral.accepted_on, None
    facts = {
        StartsAt.NOTIFIED: referral.notified_on,
        StartsAt.AWARE: referral.la_aware_on,
        StartsAt.ACCEPTED: referral.accepted_on,
    }
    rule = Rule.objects.for_trigger(RULE, referral.notified_on)
    trigger = facts.get(StartsAt(rule.starts_at)) or referral.notified_on
    stricter = facts.get(StartsAt(rule.stricter_starts_at)) if rule.stricter_starts_at else None
    return trigger, stricter if stricter is not None and stricter < trigger else None
