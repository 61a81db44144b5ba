"""What the Panel recommends, and who was there."""

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel, GuardedQuerySet
from panel.models import Membership, PanelMeeting
from panel.roles import StatutoryRole
from rapid_reviews.choices import Outcome
from rapid_reviews.models.review import RapidReview
from referrals.models.base import both_or_neither


class RecommendationQuerySet(GuardedQuerySet):
    def drafts(self) -> Self:
        return self.filter(recorded_at__isnull=True)

    def standing(self) -> Self:
        return self.filter(recorded_at__isnull=False, reopened_at__isnull=True)


@pghistory.track()
class Recommendation(GuardedModel):
    """The Panel's recommendation to the three partners: a draft, then standing, then perhaps reopened and kept."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    reason = models.TextField()
    meeting = models.ForeignKey(
        PanelMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="planned meeting"
    )
    met_on = models.DateField("date of the Panel meeting, or on which it was circulated")
    by_circulation = models.BooleanField("outside a meeting, by circulation", default=False)
    dissent = models.TextField("dissent as one text, from before it was kept by member", blank=True)
    other_audiences = models.TextField("other audiences for the learning", blank=True)
    chair_ruling = models.TextField("the chair’s ruling where the meeting was not quorate", blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_quorate = models.BooleanField(null=True, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopen_reason = models.TextField(blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="rapid_reviews_recommendation_number"),
            models.UniqueConstraint(
                fields=["review"], condition=Q(recorded_at__isnull=True), name="rapid_reviews_one_draft_recommendation"
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(recorded_at__isnull=False, reopened_at__isnull=True),
                name="rapid_reviews_one_standing_recommendation",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="rapid_reviews_recommendation_has_a_reason"),
            models.CheckConstraint(
                condition=both_or_neither("recorded_by", "recorded_at", "is_quorate"),
                name="rapid_reviews_recorded_when_and_by",
            ),
            models.CheckConstraint(
                condition=both_or_neither("reopened_by", "reopened_at")
                & (Q(reopened_at__isnull=True, reopen_reason="") | Q(reopened_at__isnull=False) & ~Q(reopen_reason=""))
                & (Q(reopened_at__isnull=True) | Q(reopened_at__gte=F("recorded_at"))),
                name="rapid_reviews_reopened_when_by_and_why",
            ),
            models.CheckConstraint(
                condition=Q(is_quorate__isnull=True)
                | Q(is_quorate=True)
                | ~Q(chair_ruling="") & Q(ruled_by__isnull=False),
                name="rapid_reviews_not_quorate_needs_a_ruling",
            ),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.number} ({self.review})"


@pghistory.track()
class Attendance(GuardedModel):
    """Somebody present at the meeting that recommended, as what, and whether a conflict kept them from counting."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    represents = models.CharField(max_length=10, choices=StatutoryRole, default=StatutoryRole.NONE)
    is_conflicted = models.BooleanField(default=False)

    class Meta:
        ordering = ["membership__user__name"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "membership"], name="rapid_reviews_present_once"),
            models.CheckConstraint(
                condition=Q(is_conflicted=False) | Q(represents=StatutoryRole.NONE),
                name="rapid_reviews_conflicted_represents_nobody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership)
