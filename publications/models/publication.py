"""The publication of one commissioned review: planned for when, and what became of it."""

from datetime import date
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models

from core.guard import GuardedModel, GuardedQuerySet
from practice_reviews.models import PracticeReview
from publications.states import Status


class PublicationQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """Whoever sees the review sees its publication."""
        return self.filter(practice_review__in=PracticeReview.objects.visible_to(user, on=on).values("pk"))


@pghistory.track()
class Publication(GuardedModel):
    practice_review = models.OneToOneField(PracticeReview, on_delete=models.PROTECT, related_name="publication")
    status = models.CharField(max_length=20, choices=Status, default=Status.PLANNED, db_index=True)
    planned_on = models.DateField("planned for")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    objects = PublicationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-planned_on", "-pk"]

    def __str__(self) -> str:
        return f"Publication of {self.practice_review}"
