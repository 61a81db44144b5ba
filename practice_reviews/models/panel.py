"""The panel of one review: who sits on it, and when it meets."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from panel.models import Agency
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview, person
from referrals.models.base import both_or_neither


@pghistory.track()
class ReviewMember(GuardedModel):
    """Somebody on the review's panel, with or without an account here."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField("role on the review’s panel", max_length=150)
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField()
    left_by = person()
    left_on = models.DateField(null=True, blank=True)

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["pk"]
        verbose_name = "member of a review’s panel"
        verbose_name_plural = "members of reviews’ panels"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(role=""), name="practice_reviews_member_has_a_name_and_role"
            ),
            models.CheckConstraint(
                condition=both_or_neither("left_by", "left_on"), name="practice_reviews_member_left_who_when"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class ReviewMeeting(GuardedModel):
    """A meeting of the review's panel: planned, then held with what came of it, or called off."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField("day")
    about = models.CharField("what for", max_length=200)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(null=True, blank=True)
    held_by = person(verbose_name="recorded by")
    outcome = models.TextField("what came of it", blank=True)
    called_off_on = models.DateField(null=True, blank=True)
    called_off_by = person()

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "meeting of a review’s panel"
        verbose_name_plural = "meetings of reviews’ panels"
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, held_by__isnull=True, outcome="")
                | Q(held_on__isnull=False, held_by__isnull=False) & ~Q(outcome=""),
                name="practice_reviews_meeting_held_who_when_what",
            ),
            models.CheckConstraint(
                condition=both_or_neither("called_off_on", "called_off_by")
                & (Q(called_off_on__isnull=True) | Q(held_on__isnull=True)),
                name="practice_reviews_meeting_held_or_called_off",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}: {self.about}"
