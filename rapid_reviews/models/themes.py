"""Practice themes: a list that the partnership edits, and which of them a review shows."""

import pghistory
from django.conf import settings
from django.db import models

from core.guard import GuardedModel
from rapid_reviews.models.review import RapidReview


@pghistory.track()
class Theme(models.Model):
    """A theme of practice by which cases are compared. Reference data: the partnership edits the list."""

    name = models.CharField(max_length=80, unique=True)
    description = models.CharField(max_length=300, blank=True)
    source = models.CharField("where it comes from", max_length=200, blank=True)
    is_active = models.BooleanField(
        "active", default=True, help_text="Untick instead of deleting: reviews keep their themes."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class ReviewTheme(GuardedModel):
    """One theme of one review; taking it away deletes the row and leaves its history."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="review_themes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="review_themes")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["theme__name"]
        constraints = [models.UniqueConstraint(fields=["review", "theme"], name="rapid_reviews_theme_once")]

    def __str__(self) -> str:
        return f"{self.theme} ({self.review})"
