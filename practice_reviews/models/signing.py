"""The end of a review: each Safeguarding Partner's agreement to the last draft, and the chair's sign-off."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from panel.roles import StatutoryRole
from practice_reviews.models.beside import account
from practice_reviews.models.drafts import Draft
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview
from rapid_reviews.choices import PARTNERS
from referrals.models.base import both_or_neither


class PartnerAgreementQuerySet(OfReviewQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


@pghistory.track()
class PartnerAgreement(GuardedModel):
    """That one Safeguarding Partner agrees to one draft. A later draft asks each of them again."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="agreements")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="agreements")
    partner = models.CharField(max_length=10, choices=StatutoryRole)
    agreed_by = models.CharField("who agreed for the partner", max_length=200)
    agreed_on = models.DateField()
    recorded_by = account()
    recorded_at = models.DateTimeField()
    withdrawn_reason = models.TextField(blank=True)
    withdrawn_by = account(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PartnerAgreementQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "partner"],
                condition=Q(withdrawn_at__isnull=True),
                name="practice_reviews_partner_agrees_once",
            ),
            models.CheckConstraint(condition=Q(partner__in=PARTNERS), name="practice_reviews_only_partners_agree"),
            models.CheckConstraint(condition=~Q(agreed_by=""), name="practice_reviews_agreed_by_somebody"),
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_by", "withdrawn_at"), name="practice_reviews_agreement_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="practice_reviews_agreement_withdrawn_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_partner_display()} to draft {self.draft.number}"


@pghistory.track()
class SignOff(GuardedModel):
    """That the chair has signed the review off, on one draft; ended where the review was opened again."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="sign_offs")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="+")
    statement = models.TextField()
    signed_by = account()
    signed_at = models.DateTimeField()
    reopened_reason = models.TextField(blank=True)
    reopened_by = account(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"], condition=Q(reopened_at__isnull=True), name="practice_reviews_signed_off_once"
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="practice_reviews_sign_off_says_something"),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True, reopened_reason="")
                | Q(reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reopened_reason=""),
                name="practice_reviews_reopened_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review} signed off on {self.signed_at:%d.%m.%Y}"
