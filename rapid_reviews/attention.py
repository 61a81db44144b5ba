"""What the business manager should see to in the rapid reviews: for the front page of the admin site."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core import attention
from core.attention import Item
from deadlines import calendar
from rapid_reviews.models import SafeguardingIssue
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


def issues(now: datetime, user: Any = None) -> list[Item]:
    """Safeguarding issues that are not settled, in the cases that `user` sees; urgent where the answer is late."""
    if user is None:
        return []
    today = timezone.localdate(now)
    rows = SafeguardingIssue.objects.visible_to(user, on=today).unsettled()
    return [
        Item(
            f"{row.review.referral.reference}: safeguarding issue {row.number} to {row.agency.short_name}, "
            f"{row.get_status_display().lower()}; whose move: {row.whose_move.lower()}.",
            row.get_absolute_url(),
            urgent=row.is_late_on(today),
        )
        for row in rows.select_related("review__referral", "agency").order_by("answer_by", "pk")
    ]


def register() -> None:
    attention.register_personal("Safeguarding issues", issues)
    attention.register_personal("Meetings in time", meetings_in_time)
