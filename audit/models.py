"""Who did what, when; and the chain that proves nobody rewrote it. No row here is ever changed or removed."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from audit import sentences
from audit.history import never_truncate


def _append_only() -> list[pgtrigger.Trigger]:
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        never_truncate(),
    ]


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, reference: str) -> "EventQuerySet":
        """The events of one case, newest first."""
        return self.filter(reference=reference).exclude(reference="").order_by("-at", "-pk")


class Event(models.Model):
    """One thing that somebody (or the system, where `actor` is empty) did or read.

    `object_label` is a model's label ("referrals.Referral"), not a foreign key: this app knows no case.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor_label = models.CharField("who", max_length=200)
    verb = models.CharField(max_length=80, db_index=True)
    object_label = models.CharField("kind of record", max_length=100, blank=True)
    object_id = models.CharField("record", max_length=64, blank=True)
    reference = models.CharField("case", max_length=40, blank=True)
    text = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["reference", "-at"], name="audit_event_reference"),
            models.Index(fields=["object_label", "object_id"], name="audit_event_object"),
        ]
        triggers = _append_only()

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The event as a sentence: "Ada Example screened the case: accepted."."""
        details: dict[str, Any] = self.details
        return sentences.write(self.verb, actor=self.actor_label, text=self.text, details=details)


class Shape(models.Model):
    """The columns of a table when some of its rows were sealed: columns added later do not break old seals."""

    table = models.CharField(max_length=63)
    columns = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "columns"], name="audit_shape_once")]
        triggers = _append_only()

    def __str__(self) -> str:
        return f"{self.table} ({len(self.columns)} columns)"


class Link(models.Model):
    """One sealed row. Positions run 1, 2, 3 … without a gap; digests are SHA-256 in hex.

    `digest` covers all else here and, through `previous`, every link before this one.
    """

    position = models.BigIntegerField(primary_key=True)
    table = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    shape = models.ForeignKey(Shape, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=64, blank=True)  # of what the row tells, to name it once the row is gone
    reference = models.CharField(max_length=40, blank=True)
    row_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["table", "row_id"], name="audit_link_once_per_row"),
            models.CheckConstraint(condition=Q(position__gte=1), name="audit_link_positions_start_at_1"),
        ]
        triggers = _append_only()

    def __str__(self) -> str:
        return f"{self.position}: {self.table} {self.row_id}"


class Seal(models.Model):
    """One run of the sealing job: how far the chain reached. Its last digest is worth keeping elsewhere too."""

    at = models.DateTimeField()
    first_position = models.BigIntegerField()
    last_position = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_position__gte=F("first_position")), name="audit_seal_ends_after_start"
            )
        ]
        triggers = _append_only()

    def __str__(self) -> str:
        return f"Sealed to {self.last_position}"
