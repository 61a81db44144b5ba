"""The escalation ladder as data, its ledger, and the escalations that ask for an answer."""

from datetime import date
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q

from actions.choices import Anchor, Level, ToldState, Unit
from actions.models.action import Action, person
from actions.models.progress import OfActionQuerySet
from core.guard import GuardedModel, GuardedQuerySet
from referrals.models.base import both_or_neither


class LadderStepQuerySet(models.QuerySet["LadderStep"]):
    def running_on(self, day: date) -> Self:
        return self.filter(Q(until_date__isnull=True) | Q(until_date__gte=day), from_date__lte=day)


@pghistory.track()
class LadderStep(models.Model):
    """When an action that is not done is told to whom. The partnership's own practice, from a day to a day.

    A step with `escalates_to` opens an escalation, which asks that level for an answer.
    """

    anchor = models.CharField("counted", max_length=20, choices=Anchor)
    offset = models.PositiveSmallIntegerField("how many")
    unit = models.CharField("of what", max_length=20, choices=Unit, default=Unit.WORKING_DAYS)
    every = models.PositiveSmallIntegerField(
        "again every", null=True, blank=True,
        help_text="Late, in working days only: repeated every so many. Empty: once.",
    )  # fmt: skip
    tells_lead = models.BooleanField("the action’s lead", default=True)
    tells_manager = models.BooleanField("the business manager", default=False)
    escalates_to = models.CharField("escalates to", max_length=12, choices=Level, blank=True)
    from_date = models.DateField("from", help_text="The step holds for days from this one on.")
    until_date = models.DateField("until", null=True, blank=True, help_text="The last such day. Empty: no end.")

    objects = LadderStepQuerySet.as_manager()

    class Meta:
        ordering = ["anchor", "unit", "offset", "pk"]
        verbose_name = "step of the escalation ladder"
        verbose_name_plural = "escalation ladder"
        constraints = [
            models.CheckConstraint(
                condition=Q(every__isnull=True)
                | Q(anchor=Anchor.LATE, unit=Unit.WORKING_DAYS, every__gte=1, escalates_to=""),
                name="actions_step_repeats_late",
                violation_error_message="Only a reminder of a late action, counted in working days, repeats.",
            ),
            models.CheckConstraint(
                condition=Q(anchor=Anchor.BEFORE_DUE, escalates_to="") | Q(anchor=Anchor.LATE, offset__gte=1),
                name="actions_step_offset",
                violation_error_message="Late is counted from 1, and nothing is escalated before it is late.",
            ),
            models.CheckConstraint(
                condition=Q(tells_lead=True) | Q(tells_manager=True) | ~Q(escalates_to=""),
                name="actions_step_does_something",
                violation_error_message="Choose somebody to tell, or a level to escalate to.",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=models.F("from_date")),
                name="actions_step_runs_forward",
                violation_error_message="The last day must not come before the first.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        unit = "working day" if self.unit == Unit.WORKING_DAYS else "month"
        length = f"{self.offset} {unit}{'' if self.offset == 1 else 's'}"
        if self.anchor == Anchor.LATE:
            when = f"{length} late"
        else:
            when = f"{length} before the due date" if self.offset else "on the due date"
        return f"{when}, again every {self.every}" if self.every else when


@pghistory.track()
class Escalation(GuardedModel):
    """An action was escalated: by the ladder or by hand. It waits, and stands in the report, until it is answered."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="escalations")
    level = models.CharField(max_length=12, choices=Level)
    raised_on = models.DateField()
    raised_by = person()
    reason = models.TextField()
    step = models.ForeignKey(LadderStep, on_delete=models.PROTECT, null=True, blank=True, related_name="escalations")
    due_on = models.DateField("due date that was missed", null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = person()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OfActionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["raised_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "level"], condition=Q(answered_at__isnull=True), name="actions_one_open_escalation"
            ),
            models.UniqueConstraint(fields=["action", "step", "due_on"], name="actions_step_escalates_once"),
            models.CheckConstraint(
                condition=both_or_neither("answered_by", "answered_at"), name="actions_answered_who_when"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="actions_answered_what",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="actions_escalated_why"),
            models.CheckConstraint(
                condition=Q(step__isnull=True, raised_by__isnull=False) | Q(step__isnull=False, due_on__isnull=False),
                name="actions_escalated_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} to {self.get_level_display()}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class Told(GuardedModel):
    """The ledger: one row for each action, step, day and address. A step is told once, however often the sweep runs."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="told")
    step = models.ForeignKey(LadderStep, on_delete=models.PROTECT, related_name="told")
    occurs_on = models.DateField()
    address = models.EmailField()
    state = models.CharField(max_length=12, choices=ToldState)
    recorded_at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = "reminder"
        constraints = [
            models.UniqueConstraint(fields=["action", "step", "occurs_on", "address"], name="actions_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.step_id} to {self.address}"


class DayMail(GuardedModel):
    """That an address had its one mail about actions on a day, by the ladder or by hand: there is no second."""

    address = models.EmailField()
    sent_on = models.DateField()
    by = person()
    actions = models.ManyToManyField(Action, related_name="+")

    objects: Any = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "address"]
        constraints = [models.UniqueConstraint(fields=["address", "sent_on"], name="actions_one_mail_a_day")]

    def __str__(self) -> str:
        return f"{self.address} on {self.sent_on:%d.%m.%Y}"
