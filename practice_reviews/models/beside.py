"""What the models beside a review share."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models

from core.guard import GuardedQuerySet
from practice_reviews.models.review import PracticeReview


class OfReviewQuerySet(GuardedQuerySet):
    """Rows that belong to a review: whoever sees it sees that they are there."""

    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(review__in=PracticeReview.objects.visible_to(user, on=on).values("pk"))


def account(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)
