"""The letter to who is given sections to write: one a day, however many they are."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from deadlines.quiet import send_at
from notifications.workflow import queue
from panel.models import User
from rapid_reviews.emails.base import letter
from rapid_reviews.models import RapidReview

ASSIGNED = "rapid-review-assigned"

CATALOGUE = (
    (ASSIGNED, "Sections to write", "Who is given sections of a rapid review", "Once a day at most, for each review"),
)


def queue_assigned(review: RapidReview, owners: Iterable[User], *, now: datetime) -> None:
    """To each of `owners` who may see the case; a second assignment on the same day is found on their home page."""
    today = timezone.localdate(now)
    written = letter(ASSIGNED, "sections for you to write", review)
    for person in owners:
        if review.referral.may_be_seen_by(person, on=today):
            key = f"{ASSIGNED}:{review.pk}:{person.pk}:{today.isoformat()}"
            queue(written, key=key, to=person, not_before=send_at(now))
