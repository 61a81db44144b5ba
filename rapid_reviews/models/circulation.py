"""A recommendation made outside a meeting: circulated to the members, each of whom answers by a day."""

from datetime import date

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel
from panel.models import Membership
from rapid_reviews.choices import Answer
from rapid_reviews.models.recommending import Recommendation


@pghistory.track()
class Circulation(GuardedModel):
    """One round of one recommendation among the members. Ended without a result, its answers are kept."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="circulations")
    due_on = models.DateField("answers wanted by")
    late_word = models.TextField("the chair’s word for a day after the statutory date", blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = models.TextField("why it was ended without a result", blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"], condition=Q(ended_by__isnull=True), name="rapid_reviews_one_circulation"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="rapid_reviews_circulation_closed_after_opened",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, end_reason="")
                | Q(ended_by__isnull=False, closed_at__isnull=False) & ~Q(end_reason=""),
                name="rapid_reviews_circulation_ended_by_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Circulation of {self.recommendation}"

    def is_over(self, on: date) -> bool:
        """Whether no more answers are taken on the day `on`."""
        return self.closed_at is not None or on > self.due_on


@pghistory.track()
class CirculationAnswer(GuardedModel):
    """One member who was asked, and what they answered."""

    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="answers")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    reasons = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    by_link = models.BooleanField("answered by link", default=False)
    reminded_on = models.DateField(null=True, blank=True)
    # A named deputy acts only for the member (terms of reference, section 4): who is away hands the answer to theirs.
    handed_to = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    handed_at = models.DateTimeField(null=True, blank=True)
    handed_reason = models.TextField("why the deputy answers", blank=True)

    class Meta:
        ordering = ["membership__user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circulation", "membership"], name="rapid_reviews_asked_by_round_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, reasons="", by_link=False)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="rapid_reviews_answered_when",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.DISAGREE) | ~Q(reasons=""), name="rapid_reviews_disagreement_has_reasons"
            ),
            models.CheckConstraint(
                condition=Q(handed_to__isnull=True, handed_at__isnull=True, handed_reason="")
                | Q(handed_to__isnull=False, handed_at__isnull=False, answer="") & ~Q(handed_reason=""),
                name="rapid_reviews_handed_on_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_answer_display() or 'no answer yet'}"

    @property
    def subject(self) -> str:
        """What the link in the mail is about."""
        return f"circulation-answer:{self.pk}"
