"""What waits in the rapid reviews: for the front page of the admin site."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from core import attention
from core.attention import Item
from rapid_reviews.models import SafeguardingIssue


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
