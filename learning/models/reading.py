"""Reviews of others that the Panel reads (terms of reference, section 1): who by when, and what was decided."""

from datetime import date
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.guard import GuardedModel
from learning.choices import Outcome, ReviewKind
from learning.models.base import OfTheWholePartnershipQuerySet, author, person
from learning.states import READING, ReadingStatus


@pghistory.track()
class OtherReview(GuardedModel):
    """A published review of another area or kind. It belongs to no case of ours, and its text names none."""

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=10, choices=ReadingStatus, default=ReadingStatus.LISTED, db_index=True)
    kind = models.CharField(max_length=12, choices=ReviewKind)
    title = models.CharField(max_length=200)
    area = models.CharField("area or body", max_length=120)
    published_on = models.DateField("published", null=True, blank=True)
    link = models.URLField(max_length=500, blank=True)
    findings = models.TextField("what it found", blank=True)
    added_by = author()
    added_at = models.DateTimeField()
    implications = models.TextField("what it means here", blank=True)
    outcome = models.CharField(max_length=15, choices=Outcome, blank=True)
    decided_by = person()
    decided_on = models.DateField(null=True, blank=True)

    objects = OfTheWholePartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name = "review of others"
        verbose_name_plural = "reviews of others"
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(area=""), name="learning_other_review_says_which"),
            models.CheckConstraint(
                condition=Q(status=ReadingStatus.DECIDED, decided_by__isnull=False, decided_on__isnull=False)
                & ~Q(outcome="") & ~Q(implications="")
                | ~Q(status=ReadingStatus.DECIDED) & Q(decided_by__isnull=True, decided_on__isnull=True, outcome=""),
                name="learning_other_review_decided_who_when_what",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("learning:review", args=[self.reference])

    @property
    def whose_move(self) -> str:
        return READING.owner(self.status)


class ReaderQuerySet(OfTheWholePartnershipQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(review__in=OtherReview.objects.visible_to(user, on=on).values("pk"))

    def waiting(self) -> Self:
        """Still to be read, of reviews on which nothing is decided."""
        return self.filter(read_on__isnull=True).exclude(review__status=ReadingStatus.DECIDED)


@pghistory.track()
class Reader(GuardedModel):
    """One person to whom a review was given to read, and what they say it means here."""

    review = models.ForeignKey(OtherReview, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readings")
    due_on = models.DateField("to be read by")
    assigned_by = author()
    assigned_at = models.DateTimeField()
    reminded_on = models.DateField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)
    implications = models.TextField("what it means here", blank=True)
    suggests = models.CharField(max_length=15, choices=Outcome, blank=True)

    objects = ReaderQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "user"], name="learning_reader_once"),
            models.CheckConstraint(
                condition=Q(read_on__isnull=True, implications="", suggests="")
                | Q(read_on__isnull=False) & ~Q(implications="") & ~Q(suggests=""),
                name="learning_reader_read_when_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.review}"

    def is_late_on(self, day: date) -> bool:
        return self.read_on is None and self.due_on < day
