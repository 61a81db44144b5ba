"""Proceedings beside a commissioned review, and what they mean for its publication."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from practice_reviews.choices import Effect
from practice_reviews.models.beside import account
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview
from practice_reviews.states import PROCEEDINGS, ProceedingStatus
from rapid_reviews.choices import ProceedingKind
from rapid_reviews.models import Proceeding


class ParallelProceedingQuerySet(OfReviewQuerySet):
    def running(self) -> Self:
        return self.filter(status=ProceedingStatus.OPEN)

    def holding(self) -> Self:
        """Open ones because of which the report may not be published yet."""
        return self.running().filter(effect=Effect.WAIT)


@pghistory.track()
class ParallelProceeding(GuardedModel):
    """One set of proceedings. `carried_from` is the line of the rapid review from which it was taken over."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="proceedings")
    kind = models.CharField(max_length=10, choices=ProceedingKind)
    carried_from = models.ForeignKey(Proceeding, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.CharField(max_length=300)
    standing = models.CharField("how far they are", max_length=300)
    next_on = models.DateField("next date", null=True, blank=True)
    effect = models.CharField("effect on publication", max_length=10, choices=Effect, default=Effect.NONE)
    effect_note = models.TextField("what that means", blank=True)
    status = models.CharField(max_length=10, choices=ProceedingStatus, default=ProceedingStatus.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.TextField("how they ended", blank=True)
    recorded_by = account()
    recorded_at = models.DateTimeField()

    objects = ParallelProceedingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["status", "next_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "carried_from"], name="practice_reviews_carried_once"),
            models.CheckConstraint(
                condition=~Q(contact="") & ~Q(standing=""), name="practice_reviews_proceeding_contact_and_standing"
            ),
            models.CheckConstraint(
                condition=Q(effect=Effect.NONE) | ~Q(effect_note=""), name="practice_reviews_effect_is_explained"
            ),
            models.CheckConstraint(
                condition=Q(status=ProceedingStatus.ENDED, ended_on__isnull=False) & ~Q(outcome="")
                | ~Q(status=ProceedingStatus.ENDED) & Q(ended_on__isnull=True, outcome=""),
                name="practice_reviews_proceeding_ended_how",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_holding(self) -> bool:
        return self.status == ProceedingStatus.OPEN and self.effect == Effect.WAIT

    @property
    def whose_move(self) -> str:
        return PROCEEDINGS.owner(self.status)

    def is_past_on(self, day: date) -> bool:
        """The next date has gone by, and nobody has said what happened."""
        return self.status == ProceedingStatus.OPEN and self.next_on is not None and self.next_on < day
