"""Milestones: what each type of review passes through as editable data, and the days of one review."""

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from practice_reviews.choices import Kind
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview, person
from referrals.models.base import both_or_neither


@pghistory.track()
class MilestoneStep(models.Model):
    """One milestone of a type of review: local practice, which the partnership edits. New reviews take it over."""

    kind = models.CharField("type of review", max_length=20, choices=Kind)
    title = models.CharField(max_length=120)
    who = models.CharField("who does it", max_length=120)
    after_weeks = models.PositiveSmallIntegerField("weeks after the decision")
    source = models.CharField(max_length=200, help_text="Where the number comes from, as shown beside it.")
    is_active = models.BooleanField("active", default=True, help_text="Untick instead of deleting.")

    class Meta:
        ordering = ["kind", "after_weeks", "pk"]
        verbose_name = "milestone of a type of review"
        verbose_name_plural = "milestones by type of review"
        constraints = [
            models.UniqueConstraint(fields=["kind", "title"], name="practice_reviews_step_once"),
            models.CheckConstraint(
                condition=Q(after_weeks__gte=1), name="practice_reviews_step_after_the_decision",
                violation_error_message="Count from 1 week after the decision.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title} ({self.get_kind_display()}, week {self.after_weeks})"


@pghistory.track()
class Milestone(GuardedModel):
    """A milestone of one review. `expected_on` is set by hand where somebody knows better than the arithmetic."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=120)
    who = models.CharField("who does it", max_length=120, blank=True)
    due_on = models.DateField("planned for")
    expected_on = models.DateField("now expected", null=True, blank=True)
    expected_reason = models.TextField("why", blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = person()

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "title"], name="practice_reviews_milestone_once"),
            models.CheckConstraint(
                condition=both_or_neither("done_on", "done_by"), name="practice_reviews_milestone_done_who_when"
            ),
            models.CheckConstraint(
                condition=Q(expected_on__isnull=True, expected_reason="")
                | Q(expected_on__isnull=False) & ~Q(expected_reason=""),
                name="practice_reviews_milestone_expected_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title
