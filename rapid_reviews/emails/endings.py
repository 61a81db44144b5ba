"""Letters about the end of a rapid review: sent, or withdrawn. One function each."""

from datetime import datetime

from rapid_reviews.emails.base import carriers, letter, queue_to
from rapid_reviews.models import RapidReview, Submission

SENT = "rapid-review-sent"
WITHDRAWN = "rapid-review-withdrawn"

CATALOGUE = (
    (SENT, "Rapid review sent", "Lead, business manager and chair", "When it is recorded as sent"),
    (WITHDRAWN, "Rapid review withdrawn", "Lead, business manager and chair", "When the criteria are found not met"),
)


def queue_sent(review: RapidReview, submission: Submission, *, now: datetime) -> None:
    written = letter(SENT, "sent to the national Panel", review, submission=submission)
    queue_to(written, carriers(review, now), about=submission.pk, now=now)


def queue_withdrawn(review: RapidReview, *, now: datetime) -> None:
    written = letter(WITHDRAWN, "the rapid review was withdrawn", review)
    queue_to(written, carriers(review, now), about=review.pk, now=now)
