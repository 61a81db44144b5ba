"""What the business manager should see to so that rapid reviews keep their dates (the admin site's front page)."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.attention import Item
from deadlines import calendar
from rapid_reviews.windows import unmet


def meetings_in_time(now: datetime, user: Any) -> list[Item]:
    """Open reviews for which no meeting of the Panel falls in the window of the milestone. Only what `user` sees."""
    if user is None:
        return []
    return [
        Item(
            f"No meeting of the Panel in time for {review.referral.reference}: wanted by "
            f"{window.last:%A} {window.last.day} {window.last:%B}.",
            reverse("rapid_reviews:review-workspace", args=[review.referral.reference]),
            urgent=True,
        )
        for review, window in unmet(user, on=timezone.localdate(now), calendar=calendar.current())
    ]
