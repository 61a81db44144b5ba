"""A learning point: what was learned, from which review, about which theme, for which agencies."""

from datetime import date
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.guard import GuardedModel, GuardedQuerySet
from learning.choices import Source
from learning.models.base import PracticeArea, author, person, sees_all
from learning.models.reading import OtherReview
from learning.states import POINTS, PointStatus
from panel.models import Agency
from practice_reviews.models import PracticeReview
from rapid_reviews.models import RapidReview, Theme
from referrals.models import Referral
from referrals.models.base import both_or_neither


class LearningPointQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """Those of a case follow its walls; those of no case are seen by whoever sees learning."""
        day = on or timezone.localdate()
        if not sees_all(user, day):
            return self.none()
        cases = Referral.objects.visible_to(user, on=day).recorded()
        return self.filter(Q(referral__isnull=True) | Q(referral__in=cases.values("pk")))

    def in_use(self) -> Self:
        return self.exclude(status=PointStatus.SET_ASIDE)


@pghistory.track()
class LearningPoint(GuardedModel):
    """One thing learned. `referral` is the case behind its source, whose walls it follows."""

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=10, choices=PointStatus, default=PointStatus.PROPOSED, db_index=True)
    source = models.CharField(max_length=20, choices=Source)
    rapid_review = models.ForeignKey(
        RapidReview, on_delete=models.PROTECT, null=True, blank=True, related_name="learning_points"
    )
    practice_review = models.ForeignKey(
        PracticeReview, on_delete=models.PROTECT, null=True, blank=True, related_name="learning_points",
        verbose_name="commissioned review",
    )  # fmt: skip
    other_review = models.ForeignKey(
        OtherReview, on_delete=models.PROTECT, null=True, blank=True, related_name="learning_points",
        verbose_name="review of others",
    )  # fmt: skip
    audit = models.CharField("which audit or activity", max_length=200, blank=True)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="learning_points", verbose_name="case"
    )
    text = models.TextField("what was learned")
    practice_area = models.ForeignKey(
        PracticeArea, on_delete=models.PROTECT, null=True, blank=True, related_name="learning_points"
    )
    themes = models.ManyToManyField(Theme, through="PointTheme", related_name="learning_points", blank=True)
    agencies = models.ManyToManyField(Agency, through="PointAgency", related_name="learning_points", blank=True)
    learned_on = models.DateField()
    recorded_by = author()
    recorded_at = models.DateTimeField()
    agreed_by = person()
    agreed_on = models.DateField(null=True, blank=True)
    set_aside_by = person()
    set_aside_on = models.DateField(null=True, blank=True)
    set_aside_reason = models.TextField(blank=True)

    objects = LearningPointQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-learned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source=Source.RAPID_REVIEW, rapid_review__isnull=False, referral__isnull=False,
                            practice_review__isnull=True, other_review__isnull=True, audit="")
                | Q(source=Source.PRACTICE_REVIEW, practice_review__isnull=False, rapid_review__isnull=True,
                    other_review__isnull=True, audit="")
                | Q(source=Source.AUDIT, rapid_review__isnull=True, practice_review__isnull=True,
                    other_review__isnull=True, referral__isnull=True) & ~Q(audit="")
                | Q(source=Source.OTHER_REVIEW, other_review__isnull=False, rapid_review__isnull=True,
                    practice_review__isnull=True, audit="", referral__isnull=True),
                name="learning_point_exactly_one_source",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="learning_point_says_what"),
            models.CheckConstraint(
                condition=both_or_neither("agreed_by", "agreed_on"), name="learning_point_agreed_who_when"
            ),
            models.CheckConstraint(
                condition=~Q(status=PointStatus.AGREED) | Q(agreed_on__isnull=False),
                name="learning_point_agreed_was_agreed",
            ),
            models.CheckConstraint(
                condition=Q(status=PointStatus.SET_ASIDE, set_aside_by__isnull=False, set_aside_on__isnull=False)
                & ~Q(set_aside_reason="")
                | ~Q(status=PointStatus.SET_ASIDE)
                & Q(set_aside_by__isnull=True, set_aside_on__isnull=True, set_aside_reason=""),
                name="learning_point_set_aside_who_when_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("learning:point", args=[self.reference])

    @property
    def case_reference(self) -> str:
        """For the audit trail and its walls; the point's own where it belongs to no case."""
        return self.referral.reference if self.referral else self.reference

    @property
    def whose_move(self) -> str:
        return POINTS.owner(self.status)

    @property
    def source_words(self) -> str:
        if self.source == Source.RAPID_REVIEW and self.referral:
            return f"Rapid review, {self.referral.reference}"
        if self.practice_review:
            return f"{self.practice_review.get_kind_display()}, {self.practice_review.reference}"
        if self.other_review:
            return f"{self.other_review.get_kind_display()}: {self.other_review.title}"
        return self.audit


class OfPointQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(point__in=LearningPoint.objects.visible_to(user, on=on).values("pk"))


@pghistory.track()
class PointTheme(GuardedModel):
    point = models.ForeignKey(LearningPoint, on_delete=models.PROTECT, related_name="point_themes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="point_themes")

    objects = OfPointQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["theme__name"]
        constraints = [models.UniqueConstraint(fields=["point", "theme"], name="learning_theme_once")]

    def __str__(self) -> str:
        return f"{self.theme} ({self.point})"


@pghistory.track()
class PointAgency(GuardedModel):
    """An agency whose practice the point is about."""

    point = models.ForeignKey(LearningPoint, on_delete=models.PROTECT, related_name="point_agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    objects = OfPointQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["agency__name"]
        verbose_name_plural = "point agencies"
        constraints = [models.UniqueConstraint(fields=["point", "agency"], name="learning_agency_once")]

    def __str__(self) -> str:
        return f"{self.agency} ({self.point})"
