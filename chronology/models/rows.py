"""What agencies and the Panel say happened, one row an event."""

import uuid
from datetime import date, time
from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Exists, OuterRef, Q

from chronology.choices import Seen
from core.guard import GuardedModel
from panel.models import Agency
from referrals.choices import Precision
from referrals.models import Child
from referrals.models.base import CaseRowQuerySet

THE_PANEL = "The Panel"
TEXT = SearchVector("event", "who", "source", "response", "comment", config="english")
MERGED = Q(withdrawn_at__isnull=True, released_at__isnull=False)


def order_of(day: date, at: time | None) -> int:
    """The row's place in time as one number, YYYYMMDDHHMM; a row without a time stands before those of its day."""
    clock = at.hour * 100 + at.minute if at else 0
    return (day.year * 10_000 + day.month * 100 + day.day) * 10_000 + clock


class RowQuerySet(CaseRowQuerySet):
    """`visible_to(user)` comes from the case: whoever sees the case sees its chronology."""

    def merged(self) -> Self:
        """What stands in the merged chronology: neither withdrawn nor still in an agency's unfinished return."""
        return self.filter(MERGED)

    def of_source(self, source_key: str) -> Self:
        """The rows of one return or import that were not withdrawn, whether released or not."""
        return self.filter(source_key=source_key, withdrawn_at__isnull=True)

    def about(self, child: Child) -> Self:
        mine = ConcernedChild.objects.filter(row=OuterRef("pk"), child=child)
        return self.filter(Q(concerns_all=True) | Exists(mine))

    def in_order(self) -> Self:
        return self.order_by("order", "pk")


@pghistory.track()
class Row(GuardedModel):
    """One event in a case's chronology, as one agency (or, without an agency, the Panel) tells it. Never deleted.

    `happened_on` is the first day of the month or year where `precision` says so. `source_key` says with what it came
    ("return:17:v2"); blank: typed by the Panel. Until `released_at` only those who write the return see the row.
    The `…_label`s are for people without an account: "Kit Invented, Inventshire Hospital Trust".
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="chronology_rows")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="chronology_rows")
    source_key = models.CharField(max_length=60, blank=True)

    happened_on = models.DateField("date")
    happened_time = models.TimeField("time", null=True, blank=True)
    precision = models.CharField("how exact the date is", max_length=10, choices=Precision, default=Precision.EXACT)
    order = models.BigIntegerField(editable=False)
    source = models.CharField("source of the information", max_length=300, blank=True)
    event = models.TextField("what happened")
    who = models.TextField("who was involved", blank=True)
    concerns_all = models.BooleanField("concerns all children", default=True)
    children = models.ManyToManyField(Child, through="ConcernedChild", related_name="chronology_rows", blank=True)
    child_seen = models.CharField("was the child seen", max_length=20, choices=Seen, default=Seen.NOT_KNOWN)
    response = models.TextField("response or outcome", blank=True)
    comment = models.TextField(blank=True)

    is_key_episode = models.BooleanField("key practice episode", default=False)
    key_title = models.CharField("title of the key practice episode", max_length=200, blank=True)
    key_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    key_at = models.DateTimeField(null=True, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_label = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_label = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_label = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "chronology row"
        constraints = [
            models.CheckConstraint(condition=~Q(event=""), name="chronology_row_says_what_happened"),
            models.CheckConstraint(
                condition=~Q(precision__in=[Precision.MONTH, Precision.YEAR]) | Q(happened_on__day=1),
                name="chronology_month_is_held_by_its_first_day",
            ),
            models.CheckConstraint(
                condition=~Q(precision=Precision.YEAR) | Q(happened_on__month=1),
                name="chronology_year_is_held_by_its_first_day",
            ),
            models.CheckConstraint(
                condition=Q(happened_time__isnull=True) | Q(precision__in=[Precision.EXACT, Precision.ABOUT]),
                name="chronology_time_needs_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(is_key_episode=True) & Q(key_by__isnull=False) & Q(key_at__isnull=False))
                | Q(is_key_episode=False, key_by__isnull=True, key_at__isnull=True, key_title=""),
                name="chronology_key_episode_who_when",
            ),
            models.CheckConstraint(condition=~Q(created_label=""), name="chronology_row_says_who"),
            models.CheckConstraint(
                condition=Q(changed_at__isnull=True, changed_label="")
                | (Q(changed_at__isnull=False) & ~Q(changed_label="")),
                name="chronology_change_who_when",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_label="", withdrawn_by__isnull=True)
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_label="")),
                name="chronology_withdrawal_who_when",
            ),
        ]
        indexes = [
            models.Index(fields=["referral", "order", "id"], condition=MERGED, name="chronology_merged"),
            models.Index(fields=["referral", "agency", "order", "id"], condition=MERGED, name="chronology_by_agency"),
            models.Index(
                fields=["referral", "order"], condition=MERGED & Q(is_key_episode=True), name="chronology_key"
            ),
            models.Index(fields=["source_key"], condition=~Q(source_key=""), name="chronology_source"),
            GinIndex(TEXT, name="chronology_text"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on:%-d %B %Y}, {self.agency.short_name if self.agency else THE_PANEL}"


@pghistory.track()
class ConcernedChild(GuardedModel):
    """A child whom a row concerns, where it does not concern all of them."""

    row = models.ForeignKey(Row, on_delete=models.PROTECT, related_name="concerned")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "child"], name="chronology_child_once_per_row")]

    def __str__(self) -> str:
        return f"{self.child} in row {self.row_id}"
