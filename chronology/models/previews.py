"""An uploaded spreadsheet as it was shown, until somebody confirms it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from panel.models import Agency
from referrals.models.base import CaseRowQuerySet


class Preview(GuardedModel):
    """What a spreadsheet would import, held on the server: what is confirmed is what was shown.

    `digest` is over `rows`; `basis` over what stood in the chronology and who the children were. Without row history on
    purpose: an upload that nobody confirms is forgotten, and what is confirmed stands in `Row`.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source_key = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=0)
    faulty_count = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    basis = models.CharField(max_length=64)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_label = models.CharField(max_length=300)
    created_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.CheckConstraint(condition=~Q(created_label=""), name="chronology_preview_says_who")]

    def __str__(self) -> str:
        return f"Preview of {self.count} rows"
