"""Found not to meet the criteria: the clock ends as withdrawn and is counted apart.

Found so after it was sent, the statutory clock keeps the date by which it was judged; the wait for the reply ends, and
the review is counted among the withdrawn, not among those sent.
"""

from datetime import datetime

from agency_returns.workflow import close_for
from core.guard import workflow
from deadlines.workflow import withdraw_clock
from panel.models import User
from rapid_reviews import emails
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from rapid_reviews.workflow.base import local_day, move, note, take, words
from rapid_reviews.workflow.leaving import let_go
from referrals import workflow as cases


@workflow
def withdraw(*, review: RapidReview, reason: str, by: User, now: datetime) -> RapidReview:
    """End the rapid review because the criteria are found not met; its clock and open milestones end with it."""
    review, done = take(review, "withdraw", by=by, now=now, done=Status.WITHDRAWN)
    if done:
        return review
    reason = words(reason, "Say why the criteria are found not met.")
    today = local_day(now)
    waits = [clock for clock in (review.clock, review.reply_clock) if clock is not None and clock.is_running]
    for clock in waits:
        withdraw_clock(clock=clock, on=today, by=by, now=now, reason=reason)
    after = " It had been sent to the national Panel." if review.sent_on else ""
    move(review, Status.WITHDRAWN, withdrawn_on=today, withdrawn_by=by, withdrawal_reason=reason)
    review.reports.all().delete()
    cases.stop_rapid_review(referral=review.referral, reason=reason, by=by, now=now)
    close_for(referral=review.referral, now=now)
    let_go(review, by=by, now=now)
    note("withdrawn", by=by, review=review, text=reason, after=after)
    emails.queue_withdrawn(review, now=now)
    return review
