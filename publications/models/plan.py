"""The plan: templates of steps, the steps of one publication, every move of its date, and the day itself."""

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from publications.choices import MoveCause, StepKind
from publications.models.base import OfPublicationQuerySet, person
from publications.models.publication import Publication
from referrals.models.base import both_or_neither


@pghistory.track()
class StepTemplate(models.Model):
    """One step of every new plan. The partnership edits the list; what guidance counts comes from `rule_code`."""

    kind = models.CharField(max_length=20, choices=StepKind, default=StepKind.OTHER)
    title = models.CharField(max_length=150)
    who = models.CharField("who does it", max_length=150, blank=True)
    days = models.SmallIntegerField(
        "working days from publication", default=0,
        help_text="−10 is ten working days before, 0 the day itself, 5 five working days after.",
    )  # fmt: skip
    rule_code = models.SlugField(
        "time limit", max_length=60, blank=True,
        help_text="The code of a statutory time limit, which then gives the date instead of the days.",
    )  # fmt: skip
    only_lcspr = models.BooleanField("only for a local child safeguarding practice review", default=False)
    source = models.CharField(
        max_length=200, default="Local practice, to be confirmed", help_text="Shown beside the date."
    )
    position = models.PositiveSmallIntegerField(default=100, help_text="Order of steps on the same day.")
    is_active = models.BooleanField("active", default=True, help_text="Untick to leave it out of new plans.")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "step of the publication plan"
        verbose_name_plural = "steps of the publication plan"
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(is_active=True) & ~Q(kind=StepKind.OTHER),
                name="publications_one_template_of_a_kind",
                violation_error_message="There is an active step of this kind already.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class PlanStep(GuardedModel):
    """One step of a plan. `due_on` is counted from the planned date, the calendar and, where there is one, the rule."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=StepKind, default=StepKind.OTHER)
    title = models.CharField("step", max_length=150)
    who = models.CharField("who does it", max_length=150, blank=True)
    days = models.SmallIntegerField("working days from publication", default=0)
    rule_code = models.SlugField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=100)
    due_on = models.DateField("due")
    done_on = models.DateField("done", null=True, blank=True)
    done_by = person()
    done_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    not_needed_reason = models.TextField("why it is not needed", blank=True)

    objects = OfPublicationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["due_on", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "kind"],
                condition=~Q(kind=StepKind.OTHER),
                name="publications_one_step_of_a_kind",
            ),
            models.CheckConstraint(condition=both_or_neither("done_on", "done_at"), name="publications_step_done_when"),
            models.CheckConstraint(
                condition=Q(not_needed_reason="") | Q(done_on__isnull=True), name="publications_step_done_or_not_needed"
            ),
            models.CheckConstraint(
                condition=Q(rule_code="") | Q(not_needed_reason=""), name="publications_statutory_step_is_needed"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.not_needed_reason


@pghistory.track()
class PublicationMove(GuardedModel):
    """A planned date that moved, or stayed while the plan round it was counted again; with the reason that was told."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="moves")
    cause = models.CharField(max_length=10, choices=MoveCause)
    from_on = models.DateField("was planned for")
    to_on = models.DateField("planned for")
    reason = models.TextField()
    by = person()
    at = models.DateTimeField()

    objects = OfPublicationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="publications_move_says_why"),
            models.CheckConstraint(
                condition=Q(cause=MoveCause.CALENDAR) | Q(by__isnull=False), name="publications_move_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on:%d.%m.%Y} to {self.to_on:%d.%m.%Y}"


class DayTemplate(models.Model):
    """One line of the day of publication, as every plan starts with it. Local practice."""

    at = models.TimeField("time")
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField("active", default=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "line of the day of publication"
        verbose_name_plural = "lines of the day of publication"

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.what}"


@pghistory.track()
class DayItem(GuardedModel):
    """One thing to do on the day: when, what, who, which number to call; ticked off by whom and when."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="day_items")
    at = models.TimeField("time")
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=150, blank=True)
    phone = models.CharField("phone number", max_length=40, blank=True)
    ticked_by = person()
    ticked_at = models.DateTimeField(null=True, blank=True)

    objects = OfPublicationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=both_or_neither("ticked_by", "ticked_at"), name="publications_ticked_who_when"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="publications_day_item_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.what}"
