"""When a draft is built and who is reminded: the partnership's own practice, edited in the admin site."""

from datetime import date
from typing import Self

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q


@pghistory.track()
class ReportPractice(models.Model):
    """One row: how many working days ahead of an Executive meeting what happens. Local practice, not guidance."""

    draft_days = models.PositiveSmallIntegerField(
        "the draft is built, working days before the meeting",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    remind_days = models.PositiveSmallIntegerField(
        "who has not answered is reminded, working days before the meeting",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    first_period_months = models.PositiveSmallIntegerField(
        "the first report covers, months",
        default=2,
        help_text="Every later one begins on the day after the one before.",
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )

    class Meta:
        verbose_name = "practice of the highlight report"
        verbose_name_plural = "practice of the highlight report"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="highlight_reports_one_practice"),
            models.CheckConstraint(
                condition=Q(draft_days__gte=1, remind_days__gte=1, first_period_months__gte=1),
                name="highlight_reports_practice_counts_from_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Draft {self.draft_days}, reminder {self.remind_days} working days before the Executive meets"

    @classmethod
    def current(cls) -> Self:
        return cls.objects.get(pk=1)


class ExecutiveMeetingQuerySet(models.QuerySet["ExecutiveMeeting"]):
    def between(self, first: date, last: date) -> Self:
        return self.filter(on__range=(first, last))


@pghistory.track()
class ExecutiveMeeting(models.Model):
    """A day on which the Executive Group meets, where its meetings are not planned among the Panel's."""

    on = models.DateField("date", unique=True)
    note = models.CharField(max_length=200, blank=True)

    objects = ExecutiveMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        verbose_name = "Executive meeting"

    def __str__(self) -> str:
        return f"Executive meeting of {self.on.day} {self.on:%B %Y}"

    def clean(self) -> None:
        if self.note.strip() != self.note:
            raise ValidationError({"note": "Leave out the spaces before and after the note."})
