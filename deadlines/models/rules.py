"""Time limits as dated data: what the law, the guidance or local practice says, in which edition, from when."""

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q

from core.errors import WorkflowError
from deadlines.choices import Anchor, Category, Direction, Level, Limit, StartsAt, Status, Unit, kind_of


class RuleQuerySet(models.QuerySet["Rule"]):
    def in_force_on(self, day: date) -> "RuleQuerySet":
        return self.filter(Q(effective_until__isnull=True) | Q(effective_until__gte=day), effective_from__lte=day)

    def for_trigger(self, code: str, trigger: date) -> "Rule":
        """The edition in force on the trigger date, else the earliest held. Raises WorkflowError for no such code."""
        editions = list(self.filter(code=code).order_by("effective_from"))
        if not editions:
            raise WorkflowError(f"There is no time limit with the code {code!r}.")
        started = [rule for rule in editions if rule.effective_from <= trigger]
        return started[-1] if started else editions[0]

    def milestones_of(self, code: str, trigger: date) -> "RuleQuerySet":
        """The local milestones inside the limit `code`, in the editions in force on `trigger`, earliest first."""
        return self.in_force_on(trigger).filter(milestone_of=code).order_by("length", "code")

    def open_ended(self) -> "RuleQuerySet":
        return self.filter(effective_until__isnull=True)


@pghistory.track()
class Rule(models.Model):
    """One edition of one time limit."""

    code = models.SlugField(max_length=60, help_text="The same for every edition of a limit, as in rapid-review.")
    title = models.CharField(max_length=150)
    who = models.CharField("who does what", max_length=300)
    trigger = models.CharField("starts at", max_length=200, help_text="In words, as shown on the pages.")
    starts_at = models.CharField(
        "counted from", max_length=20, choices=StartsAt,
        help_text="The recorded date that starts new clocks. A setting where guidance is read in two ways.",
    )  # fmt: skip
    stricter_starts_at = models.CharField(
        "stricter reading from", max_length=20, choices=StartsAt, blank=True,
        help_text="Where a stricter reading exists, its date is shown beside the main one.",
    )  # fmt: skip
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.FORWARD)
    unit = models.CharField(max_length=20, choices=Unit, default=Unit.WORKING_DAYS)
    length = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty where there is no day count.")
    earliest = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Where the limit is a range, its start: 10 in “10 to 15”."
    )
    limit = models.CharField("meaning", max_length=10, choices=Limit, default=Limit.BY)
    warns_clear_days = models.BooleanField(
        "warn about clear days", default=False,
        help_text="Counting back: warn when fewer clear days than the length lie between the two dates.",
    )  # fmt: skip
    milestone_of = models.SlugField(
        max_length=60, blank=True, help_text="For a local milestone: the code of the limit inside which it lies."
    )
    category = models.CharField(max_length=10, choices=Category)
    source = models.CharField(max_length=300)
    edition = models.CharField(max_length=200)
    effective_from = models.DateField("in force from")
    effective_until = models.DateField("in force until", null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.CONFIRMED)
    status_note = models.CharField(
        "to be confirmed: what and why", max_length=300, blank=True, help_text="Shown on screen beside the date."
    )

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["milestone_of", "category", "code", "-effective_from"]
        verbose_name = "time limit"
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_from"], name="deadlines_rule_edition"),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(effective_until__isnull=True),
                name="deadlines_one_latest_edition",
                violation_error_message="Another edition of this limit is open-ended. Give that one a last day first.",
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="deadlines_rule_ends_after_start",
                violation_error_message="An edition cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(unit=Unit.NONE, length__isnull=True)
                | (~Q(unit=Unit.NONE) & Q(length__isnull=False, length__gte=1)),
                name="deadlines_rule_has_length",
                violation_error_message="Give a length of 1 or more, or choose “No day count” and leave it empty.",
            ),
            models.CheckConstraint(
                condition=Q(earliest__isnull=True) | Q(length__isnull=False, earliest__lte=F("length")),
                name="deadlines_rule_range",
                violation_error_message="The start of the range cannot be later than its end.",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.TO_BE_CONFIRMED) | ~Q(status_note=""),
                name="deadlines_rule_says_what_to_confirm",
                violation_error_message="Say what is to be confirmed: the sentence is shown beside the date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.edition})"

    @property
    def kind(self) -> str:
        return kind_of(self.direction, self.unit)

    @property
    def length_text(self) -> str:
        """ "5 working days", "10 to 15 working days", "7 working days before", "no day count"."""
        if self.length is None:
            return "no day count"
        words = {Unit.WORKING_DAYS: "working day", Unit.MONTHS: "calendar month", Unit.YEARS: "year"}[Unit(self.unit)]
        number = f"{self.earliest} to {self.length}" if self.earliest else str(self.length)
        plural = "" if self.length == 1 else "s"
        return f"{number} {words}{plural}" + (" before" if self.direction == Direction.BACK else "")

    @property
    def is_expectation(self) -> bool:
        return self.limit == Limit.EXPECTED

    @property
    def is_to_be_confirmed(self) -> bool:
        return self.status == Status.TO_BE_CONFIRMED


@pghistory.track()
class LadderStep(models.Model):
    """A threshold at which people are reminded, and who."""

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="steps")
    anchor = models.CharField("counted", max_length=20, choices=Anchor)
    offset = models.PositiveSmallIntegerField("working days")
    every = models.PositiveSmallIntegerField(
        "again every", null=True, blank=True, help_text="Late only: repeated every so many working days. Empty: once."
    )
    lead = models.BooleanField(default=True)
    business_manager = models.BooleanField(default=False)
    chair = models.BooleanField(default=False)
    executive = models.BooleanField(default=False)

    class Meta:
        ordering = ["rule", "anchor", "offset", "pk"]
        verbose_name = "reminder step"
        constraints = [
            models.UniqueConstraint(fields=["rule", "anchor", "offset", "every"], nulls_distinct=False,
                                    name="deadlines_step_once"),
            models.CheckConstraint(
                condition=Q(every__isnull=True) | Q(anchor=Anchor.LATE, every__gte=1),
                name="deadlines_step_repeats_late",
                violation_error_message="Only a reminder of a late clock repeats.",
            ),
            models.CheckConstraint(
                condition=Q(anchor=Anchor.BEFORE_DUE) | Q(offset__gte=1),
                name="deadlines_step_offset",
                violation_error_message="Count from 1; only “before the due date” may be 0, the day itself.",
            ),
            models.CheckConstraint(
                condition=Q(lead=True) | Q(business_manager=True) | Q(chair=True) | Q(executive=True),
                name="deadlines_step_tells_somebody",
                violation_error_message="Choose at least one person to tell.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        if self.anchor == Anchor.AFTER_TRIGGER:
            when = f"day {self.offset}"
        elif self.anchor == Anchor.BEFORE_DUE:
            when = f"{_working_days(self.offset)} before due" if self.offset else "on the due date"
        else:
            when = f"{_working_days(self.offset)} late"
        return f"{when}, again every {self.every}" if self.every else when

    @property
    def levels(self) -> list[Level]:
        return [level for level in Level if getattr(self, level.value)]


def _working_days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"
