"""Sent to the national Panel: the statutory clock stops, and the wait for the reply begins."""

from datetime import date, datetime

from agency_returns.workflow import close_for
from core.errors import WorkflowError
from core.guard import workflow
from deadlines.workflow import complete_clock, start_clock
from panel.models import User
from panel.permissions import Permission, can
from rapid_reviews import emails, readiness
from rapid_reviews.contents import contents_of
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from rapid_reviews.workflow.base import local_day, move, note, take
from referrals import workflow as cases

REPLY_RULE = "national-panel-reply"


@workflow
def record_sending(
    *,
    review: RapidReview,
    on: date,
    sender: User,
    by: User,
    now: datetime,
    late_reason: str = "",
    told: str = "",
) -> RapidReview:
    """The rapid review went to the national Panel on the day `on`. Late, it needs the reason and who was told."""
    review, done = take(review, "record_sending", by=by, now=now, done=Status.SENT)
    if done:
        return review
    blockers = readiness.before_sending(contents_of(review))
    if blockers:
        raise WorkflowError(f"It cannot be sent yet because {readiness.sentence(blockers)}.")
    _check_date(review, on, today=local_day(now))
    if not can(sender, Permission.SEND_RAPID_REVIEW, on=on):
        raise WorkflowError(f"{sender} may not send a rapid review.")
    if on > review.clock.due_on and not (late_reason.strip() and told.strip()):
        raise WorkflowError("It was sent late: say why, and who was told.")
    complete_clock(clock=review.clock, on=on, by=by, now=now, late_reason=late_reason.strip(), told=told.strip())
    reply = start_clock(code=REPLY_RULE, trigger_on=on, label=review.referral.reference, by=by, now=now)
    move(review, Status.SENT, sent_on=on, sent_by=sender, reply_clock=reply)
    cases.finish_rapid_review(referral=review.referral, by=by, now=now)
    close_for(referral=review.referral, now=now)
    cases.end_invitations(referral=review.referral, by=by, now=now)
    late = " It was late." if on > review.clock.due_on else ""
    note("sent", by=by, review=review, on=on.isoformat(), sender=str(sender), late=late)
    emails.queue_sent(review, now=now)
    return review


def _check_date(review: RapidReview, on: date, *, today: date) -> None:
    if on > today:
        raise WorkflowError("It cannot have been sent on a day that has not come yet.")
    if review.decided_on is not None and on < review.decided_on:
        raise WorkflowError("Nothing is sent before the three Safeguarding Partners have decided.")
