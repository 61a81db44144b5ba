"""What each of the three Safeguarding Partners decides."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from panel.models import Agency
from panel.roles import StatutoryRole
from rapid_reviews.choices import PARTNERS, Outcome, View
from rapid_reviews.models.recommending import Recommendation


@pghistory.track()
class PartnerDecision(GuardedModel):
    """One Safeguarding Partner's decision on one recommendation, kept whatever becomes of it."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="decisions")
    partner = models.CharField(max_length=10, choices=StatutoryRole)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    view = models.CharField(max_length=10, choices=View)
    amended_outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    reasons = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    by_link = models.BooleanField("decided by link", default=False)

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "partner"], name="rapid_reviews_one_decision_each"),
            models.UniqueConstraint(
                fields=["recommendation", "decided_by"], name="rapid_reviews_nobody_decides_for_two"
            ),
            models.CheckConstraint(condition=Q(partner__in=PARTNERS), name="rapid_reviews_only_partners_decide"),
            models.CheckConstraint(condition=~Q(reasons=""), name="rapid_reviews_decision_has_reasons"),
            models.CheckConstraint(
                condition=Q(view=View.AMEND) & ~Q(amended_outcome="") | ~Q(view=View.AMEND) & Q(amended_outcome=""),
                name="rapid_reviews_amendment_says_to_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_partner_display()}: {self.get_view_display()}"

    def outcome(self, recommended: str) -> str | None:
        """The outcome that this partner wants; None where it only disagrees."""
        wanted: dict[str, Any] = {View.AGREE: recommended, View.AMEND: self.amended_outcome, View.DISAGREE: None}
        return wanted[self.view]


@pghistory.track()
class PartnersResolution(GuardedModel):
    """What the three lead partners agreed where the three decisions differ. The decisions stay as they are."""

    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="resolution")
    outcome = models.CharField("agreed outcome", max_length=20, choices=Outcome)
    reasons = models.TextField()
    agreed_on = models.DateField()
    lead_la = models.CharField("lead partner of the local authority", max_length=150)
    lead_icb = models.CharField("lead partner of the integrated care board", max_length=150)
    lead_police = models.CharField("lead partner of the police", max_length=150)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "resolution by the lead partners"
        verbose_name_plural = "resolutions by the lead partners"
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="rapid_reviews_resolution_has_reasons"),
            models.CheckConstraint(
                condition=~Q(lead_la="") & ~Q(lead_icb="") & ~Q(lead_police=""),
                name="rapid_reviews_resolved_by_all_three",
            ),
        ]

    def __str__(self) -> str:
        return f"Resolution: {self.get_outcome_display()}"

    @property
    def leads(self) -> dict[StatutoryRole, str]:
        """The three lead partners by name, in the order of the law."""
        return dict(zip(PARTNERS, (self.lead_la, self.lead_icb, self.lead_police), strict=True))
