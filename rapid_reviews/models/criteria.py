"""The findings on the criteria and the circumstances."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from rapid_reviews.choices import CIRCUMSTANCES, Criterion, Finding
from rapid_reviews.models.review import RapidReview


@pghistory.track()
class CriterionAnswer(GuardedModel):
    """What the Panel finds on one criterion or circumstance, and why."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="criterion_answers")
    criterion = models.CharField(max_length=20, choices=Criterion)
    finding = models.CharField(max_length=10, choices=Finding)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["criterion"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="rapid_reviews_one_answer_per_criterion"),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(criterion__in=CIRCUMSTANCES, finding=Finding.NOT_MET),
                name="rapid_reviews_criterion_needs_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.finding_label}"

    @property
    def finding_label(self) -> str:
        """Criteria are met, circumstances apply."""
        if self.criterion == Criterion.NATIONAL_IMPORTANCE:
            return {Finding.MET: "Yes", Finding.NOT_MET: "No", Finding.NOT_CLEAR: "Not clear"}[Finding(self.finding)]
        if self.criterion not in CIRCUMSTANCES:
            return Finding(self.finding).label
        return {Finding.MET: "Applies", Finding.NOT_MET: "Does not apply", Finding.NOT_CLEAR: "Not clear"}[
            Finding(self.finding)
        ]
