"""The two steps that only say how far the work is."""

from datetime import datetime

from core.guard import workflow
from panel.models import User
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from rapid_reviews.workflow.base import move, note, take


@workflow
def start_gathering(*, review: RapidReview, by: User, now: datetime) -> RapidReview:
    """Information is being asked for."""
    review, done = take(review, "start_gathering", by=by, now=now, done=Status.GATHERING)
    if not done:
        move(review, Status.GATHERING)
        note("gathering_started", by=by, review=review)
    return review


@workflow
def start_drafting(*, review: RapidReview, by: User, now: datetime) -> RapidReview:
    """The information is in: analysis and drafting begin."""
    review, done = take(review, "start_drafting", by=by, now=now, done=Status.DRAFTING)
    if not done:
        move(review, Status.DRAFTING)
        note("drafting_started", by=by, review=review)
    return review
