"""The ladder by which agencies are reminded of a draft, as data, and its ledger."""

import pghistory
from django.db import models
from django.db.models import Q

from agency_returns.choices import Anchor, ChaseState
from core.guard import GuardedModel, GuardedQuerySet
from practice_reviews.models.drafts import FactCheck


@pghistory.track()
class FactCheckStep(models.Model):
    """When agencies that have not answered to a draft are reminded, and who else is told. Local practice."""

    anchor = models.CharField("counted", max_length=20, choices=Anchor)
    offset = models.PositiveSmallIntegerField("working days")
    every = models.PositiveSmallIntegerField(
        "again every", null=True, blank=True, help_text="Late only: repeated every so many working days. Empty: once."
    )
    tells_agency = models.BooleanField("the agency’s safeguarding lead", default=True)
    tells_manager = models.BooleanField("the business manager", default=False)

    class Meta:
        ordering = ["anchor", "offset", "pk"]
        verbose_name = "step of the ladder for drafts"
        verbose_name_plural = "ladder for drafts"
        constraints = [
            models.UniqueConstraint(
                fields=["anchor", "offset", "every"], nulls_distinct=False, name="practice_reviews_draft_step_once"
            ),
            models.CheckConstraint(
                condition=Q(every__isnull=True) | Q(anchor=Anchor.LATE, every__gte=1),
                name="practice_reviews_draft_step_repeats_late",
                violation_error_message="Only a reminder of a late answer repeats.",
            ),
            models.CheckConstraint(
                condition=Q(anchor=Anchor.BEFORE_DUE) | Q(offset__gte=1),
                name="practice_reviews_draft_step_offset",
                violation_error_message="Count from 1; only “before the due date” may be 0, the day itself.",
            ),
            models.CheckConstraint(
                condition=Q(tells_agency=True) | Q(tells_manager=True),
                name="practice_reviews_draft_step_tells_somebody",
                violation_error_message="Choose at least one person to tell.",
            ),
        ]

    def __str__(self) -> str:
        days = f"{self.offset} working day{'' if self.offset == 1 else 's'}"
        if self.anchor == Anchor.LATE:
            when = f"{days} late"
        else:
            when = f"{days} before the due date" if self.offset else "on the due date"
        return f"{when}, again every {self.every}" if self.every else when


class FactCheckTold(GuardedModel):
    """The ledger: one row for each check, step, day and address. A step is told once, however often the job runs."""

    check_row = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="told")
    step = models.ForeignKey(FactCheckStep, on_delete=models.PROTECT, related_name="told")
    occurs_on = models.DateField()
    address = models.EmailField()
    state = models.CharField(max_length=12, choices=ChaseState)
    recorded_at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = "reminder of a draft"
        verbose_name_plural = "reminders of drafts"
        constraints = [
            models.UniqueConstraint(
                fields=["check_row", "step", "occurs_on", "address"], name="practice_reviews_draft_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.check_row_id}: {self.step_id} to {self.address}"
