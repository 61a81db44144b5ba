"""A long chronology on its way to a PDF: made part by part by a task, kept for a day."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from chronology.states import ExportStatus
from core.guard import GuardedModel
from referrals.models.base import CaseRowQuerySet


@pghistory.track(fields=["referral", "asked_by", "asked_at", "with_names", "status"], model_name="ExportEvent")
class Export(GuardedModel):
    """The row is the queue: a task makes one part at a time and wakes the next.

    `filters` is what the page that was open was filtered by. `revision` is the state of the chronology that the parts
    tell: where rows change meanwhile, they are made anew. The bytes are here and not among the documents: they are
    gone after a day, together with what was typed into the filter. The history holds neither.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_index=True)
    with_names = models.BooleanField()
    filters = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=ExportStatus, default=ExportStatus.MAKING, db_index=True)
    revision = models.BigIntegerField()
    begun_again = models.PositiveSmallIntegerField(default=0)
    rows_total = models.PositiveIntegerField()
    rows_done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=ExportStatus.READY, content__isnull=False, ready_at__isnull=False)
                | ~Q(status=ExportStatus.READY) & Q(content__isnull=True),
                name="chronology_export_has_a_file_when_ready",
            ),
            models.CheckConstraint(
                condition=Q(status=ExportStatus.REMOVED, removed_at__isnull=False, filters={})
                | ~Q(status=ExportStatus.REMOVED) & Q(removed_at__isnull=True),
                name="chronology_export_removed_when",
            ),
        ]

    def __str__(self) -> str:
        return f"PDF of {self.rows_total} rows"

    @property
    def percent(self) -> int:
        return min(99, 100 * self.rows_done // self.rows_total) if self.rows_total else 0


class ExportPart(GuardedModel):
    """Some rows of an export as a PDF; the next part begins after its last row. Without history: gone when merged."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    last_order = models.BigIntegerField()
    last_pk = models.BigIntegerField()
    rows = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="chronology_part_once")]

    def __str__(self) -> str:
        return f"Part {self.number} of {self.export}"
