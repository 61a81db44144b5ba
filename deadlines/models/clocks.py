"""Clocks: one running (or finished) time limit each. A clock knows no case; a case points at its clock."""

from datetime import date
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel, GuardedQuerySet
from deadlines.choices import Direction, Level, Limit, ReminderState, Unit, kind_of
from deadlines.models.rules import LadderStep, Rule
from deadlines.working_days import WorkingCalendar

RUNNING = Q(completed_on__isnull=True, withdrawn_on__isnull=True)
FORWARD = Q(direction=Direction.FORWARD)


class ClockQuerySet(GuardedQuerySet):
    def running(self) -> "ClockQuerySet":
        return self.filter(RUNNING)

    def overdue_on(self, day: date) -> "ClockQuerySet":
        """Running clocks whose date lies before `day`: due on the 14th is met until the end of the 14th."""
        return self.running().filter(limit=Limit.BY, due_on__lt=day)

    def milestones(self) -> "ClockQuerySet":
        return self.filter(parent__isnull=False)

    def main(self) -> "ClockQuerySet":
        """All but local milestones."""
        return self.filter(parent__isnull=True)


@pghistory.track()
class Clock(GuardedModel):
    """A time limit that runs, was met, was met late or was withdrawn. Statutory clocks are never paused."""

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="clocks")
    code = models.SlugField(max_length=60)
    label = models.CharField("reference", max_length=60, help_text="The neutral reference of the case; no names.")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="milestone_clocks",
        help_text="For a local milestone: the clock inside which it lies.",
    )  # fmt: skip
    direction = models.CharField(max_length=10, choices=Direction)
    unit = models.CharField(max_length=20, choices=Unit)
    length = models.PositiveSmallIntegerField()
    limit = models.CharField(max_length=10, choices=Limit)
    trigger_on = models.DateField("counted from")
    due_on = models.DateField("due")
    stricter_trigger_on = models.DateField(null=True, blank=True)
    stricter_due_on = models.DateField(null=True, blank=True)
    stricter_reason = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    completed_on = models.DateField(null=True, blank=True)
    completed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)
    late_reason = models.TextField("why it is late", blank=True)
    told = models.TextField("who was told", blank=True)
    explanation = models.JSONField(
        null=True, blank=True, help_text="The day trail by which a finished clock was judged, kept as it was."
    )

    objects: ClassVar[Any] = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            # Read by the sweep, the statutory board and "what needs me": running clocks, next due first.
            models.Index(fields=["due_on"], condition=RUNNING, name="deadlines_running_by_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(FORWARD & Q(due_on__gte=F("trigger_on"))) | (~FORWARD & Q(due_on__lte=F("trigger_on"))),
                name="deadlines_due_on_the_right_side",
            ),
            models.CheckConstraint(condition=Q(length__gte=1), name="deadlines_clock_has_length"),
            models.CheckConstraint(
                condition=Q(stricter_trigger_on__isnull=True, stricter_due_on__isnull=True, stricter_reason="")
                | (Q(stricter_trigger_on__isnull=False, stricter_due_on__isnull=False) & ~Q(stricter_reason="")),
                name="deadlines_stricter_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(withdrawn_on__isnull=True), name="deadlines_one_end"
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=False) | Q(completed_by__isnull=True),
                name="deadlines_completed_when_and_by",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
                name="deadlines_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | ~FORWARD | Q(completed_on__gte=F("trigger_on")),
                name="deadlines_completed_after_start",
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(completed_on__lte=F("due_on")) | ~Q(late_reason="")
                | Q(parent__isnull=False) | ~Q(limit=Limit.BY),
                name="deadlines_late_with_reason",
            ),
            models.CheckConstraint(
                condition=(RUNNING & Q(explanation__isnull=True)) | (~RUNNING & Q(explanation__isnull=False)),
                name="deadlines_finished_keeps_its_trail",
            ),
            models.UniqueConstraint(
                fields=["parent", "code"], condition=Q(withdrawn_on__isnull=True), name="deadlines_one_milestone_each"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.label} {self.code} due {self.due_on.isoformat()}"

    @property
    def kind(self) -> str:
        return kind_of(self.direction, self.unit)

    @property
    def is_running(self) -> bool:
        return self.completed_on is None and self.withdrawn_on is None

    @property
    def is_milestone(self) -> bool:
        return self.parent_id is not None

    @property
    def was_late(self) -> bool:
        return self.limit == Limit.BY and self.completed_on is not None and self.completed_on > self.due_on

    @property
    def needs_late_reason(self) -> bool:
        """Statutory limits say why they were late; local milestones and other people's replies need not."""
        return self.limit == Limit.BY and not self.is_milestone

    def is_overdue_on(self, day: date) -> bool:
        return self.is_running and self.limit == Limit.BY and day > self.due_on

    def day_number(self, on: date, calendar: WorkingCalendar) -> int:
        """The number of the day `on` in the count: 0 on the trigger day, past `length` when late.

        Months and years: the number of the month or year that is running (1 in the first). Counting back: how many
        working days (or whole months) the trigger still lies ahead.
        """
        start, end = (on, self.trigger_on) if self.direction == Direction.BACK else (self.trigger_on, on)
        if self.unit == Unit.WORKING_DAYS:
            return calendar.between(start, end)
        months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
        number = months // 12 if self.unit == Unit.YEARS else months
        return max(0, number if self.direction == Direction.BACK else number + 1)

    def days_late_on(self, day: date, calendar: WorkingCalendar) -> int:
        """Working days after the due date, up to and including `day`."""
        return calendar.between(self.due_on, day)


@pghistory.track()
class ClockRevision(GuardedModel):
    """A date that moved: what it was, what it became, why, and whether those concerned were told."""

    class Cause(models.TextChoices):
        HOLIDAY = "holiday", "Bank holiday"
        TRIGGER = "trigger", "Trigger date corrected"
        RULE = "rule", "Time limit changed"

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="revisions")
    cause = models.CharField(max_length=10, choices=Cause)
    reason = models.CharField(max_length=400)
    old_trigger_on = models.DateField()
    new_trigger_on = models.DateField()
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True, help_text="Empty: the sweep tries again.")

    objects: ClassVar[Any] = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            # Read by the sweep: revisions that nobody was told of yet.
            models.Index(fields=["clock"], condition=Q(told_at__isnull=True), name="deadlines_untold_revision"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="deadlines_revision_has_reason"),
            models.CheckConstraint(
                condition=~Q(old_due_on=F("new_due_on")) | ~Q(old_trigger_on=F("new_trigger_on")),
                name="deadlines_revision_moves_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on.isoformat()} → {self.new_due_on.isoformat()}: {self.reason}"


@pghistory.track()
class Reminder(GuardedModel):
    """The ledger: one row per clock, step, day and person, so that nobody is told the same thing twice."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="reminders")
    step = models.ForeignKey(LadderStep, on_delete=models.PROTECT, related_name="reminders")
    occurs_on = models.DateField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=Level)
    headline = models.CharField(max_length=80, help_text="As in “day 10 of 15”, “due today”, “2 working days late”.")
    state = models.CharField(max_length=12, choices=ReminderState, default=ReminderState.WAITING)
    recorded_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["occurs_on", "pk"]
        indexes = [
            # Read by the sweep: rows to hand over.
            models.Index(fields=["clock"], condition=Q(state="waiting"), name="deadlines_waiting_reminder"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "step", "occurs_on", "recipient"], name="deadlines_reminded_once"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="deadlines_sent_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.clock.label}: {self.headline} ({self.get_state_display()})"

    @property
    def key(self) -> str:
        """Unique for ever: the outbox refuses a second letter with it."""
        return f"reminder-{self.clock_id}-{self.step_id}-{self.occurs_on.isoformat()}-{self.recipient_id}"

    def is_urgent_on(self, day: date) -> bool:
        """Whether waiting for the next working morning would be too late: the clock runs out on `day`."""
        return self.clock.due_on == day
