"""The parts of the review's text."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from rapid_reviews.choices import OF_EACH_CHILD, SectionKey
from rapid_reviews.models.review import RapidReview
from referrals.models import Child


@pghistory.track()
class Section(GuardedModel):
    """One part of the review's text. The row comes with the first save; `version` guards against lost updates."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField(max_length=30, choices=SectionKey)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)
    is_unknown = models.BooleanField("not known", default=False)
    unknown_reason = models.TextField("why it is not known", blank=True)
    is_ready = models.BooleanField("ready for review", default=False)
    is_complete = models.BooleanField("complete", default=False)
    version = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "key", "child"], nulls_distinct=False, name="rapid_reviews_one_section_each"
            ),
            models.CheckConstraint(
                # The child's voice was one text for all children once: those stay as they are.
                condition=Q(key=SectionKey.SAFEGUARDING, child__isnull=False)
                | Q(key=SectionKey.VOICE)
                | ~Q(key__in=OF_EACH_CHILD) & Q(child__isnull=True),
                name="rapid_reviews_safeguarding_is_of_a_child",
            ),
            models.CheckConstraint(
                condition=Q(is_unknown=False, unknown_reason="") | Q(is_unknown=True) & ~Q(unknown_reason=""),
                name="rapid_reviews_not_known_needs_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_complete=False) | Q(is_unknown=True) | ~Q(text=""),
                name="rapid_reviews_complete_is_never_blank",
            ),
            models.CheckConstraint(
                condition=Q(is_ready=False) | Q(is_complete=False), name="rapid_reviews_ready_or_complete"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()} ({self.review})"
