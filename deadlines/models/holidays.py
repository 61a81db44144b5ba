"""The bank holidays of England and Wales, as data: they are proclaimed late and read on every count."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel, GuardedQuerySet


@pghistory.track()
class BankHoliday(GuardedModel):
    """A day off. Written only by workflow functions, which recount every running clock in the same transaction."""

    class Origin(models.TextChoices):
        PUBLISHED = "published", "Published list (GOV.UK)"
        PROCLAIMED = "proclaimed", "Proclaimed, entered here"

    date = models.DateField(unique=True)
    title = models.CharField(max_length=120)
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.PROCLAIMED)
    reason = models.CharField(
        max_length=300, blank=True, help_text="For a day entered here: by what. Told to those whose dates move."
    )

    objects: ClassVar[Any] = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["-date"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="deadlines_holiday_has_title"),
        ]

    def __str__(self) -> str:
        return f"{self.date.isoformat()} {self.title}"


@pghistory.track()
class CalendarYear(GuardedModel):
    """A year whose bank holidays are all entered. A count that leaves these years is refused, never guessed."""

    year = models.PositiveSmallIntegerField(unique=True)
    note = models.CharField(max_length=200, help_text="Where the year's list comes from.")

    objects: ClassVar[Any] = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        verbose_name = "known year"
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=1972, year__lte=2200), name="deadlines_year_in_range"),
        ]

    def __str__(self) -> str:
        return str(self.year)
