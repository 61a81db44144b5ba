"""What a recommended review should ask, of whom, for whom; and who of the members thought otherwise."""

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from panel.models import Agency, Membership
from rapid_reviews.models.recommending import Recommendation


class Audience(models.Model):
    """Whom the learning is for. Reference data: the partnership edits the list."""

    name = models.CharField(max_length=120, unique=True)
    position = models.PositiveSmallIntegerField(default=100, help_text="Lower comes first.")
    is_active = models.BooleanField(
        "active", default=True, help_text="Untick instead of deleting: recommendations keep their audiences."
    )

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class KeyLineOfEnquiry(GuardedModel):
    """One question that the recommended review should answer, and why it is asked."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="enquiries")
    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    why = models.TextField()

    class Meta:
        ordering = ["recommendation", "number"]
        verbose_name = "key line of enquiry"
        verbose_name_plural = "key lines of enquiry"
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "number"], name="rapid_reviews_enquiry_number"),
            models.CheckConstraint(condition=~Q(question="") & ~Q(why=""), name="rapid_reviews_enquiry_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Key line of enquiry {self.number}"


@pghistory.track()
class RecommendedAudience(GuardedModel):
    """One audience for the learning of one recommendation."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="audiences")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["audience__position", "audience__name"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "audience"], name="rapid_reviews_audience_once")
        ]

    def __str__(self) -> str:
        return str(self.audience)


@pghistory.track()
class AskedAgency(GuardedModel):
    """An agency of which a single-agency review or audit is asked."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="asked_agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agency__name"]
        verbose_name_plural = "asked agencies"
        constraints = [models.UniqueConstraint(fields=["recommendation", "agency"], name="rapid_reviews_asked_once")]

    def __str__(self) -> str:
        return str(self.agency)


@pghistory.track()
class Dissent(GuardedModel):
    """What one member holds against the recommendation, in their own words."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="dissents")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        ordering = ["membership__user__name"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "membership"], name="rapid_reviews_dissents_once"),
            models.CheckConstraint(condition=~Q(text=""), name="rapid_reviews_dissent_says_what"),
        ]

    def __str__(self) -> str:
        return f"Dissent of {self.membership}"
