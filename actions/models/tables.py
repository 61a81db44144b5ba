"""What belongs to one person's work with the table: saved filters, uploads, remembered columns."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models

from core.guard import GuardedModel, GuardedQuerySet


def _owner() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class OwnQuerySet(GuardedQuerySet):
    """Rows that only the person who made them sees."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(person=user.pk) if user.is_authenticated else self.none()


class SavedFilter(GuardedModel):
    """A filter of the action log under a name. Without row history: whoever made it may throw it away."""

    person = _owner()
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    objects = OwnQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="actions_filter_name_once")]

    def __str__(self) -> str:
        return self.name


class RememberedColumns(GuardedModel):
    """Which column was which the last time when a file with these headings came. `headings` is a fingerprint."""

    headings = models.CharField(max_length=64, unique=True)
    columns = models.JSONField(default=dict)
    rest = models.CharField(max_length=200, blank=True)
    person = _owner()
    used_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-used_at"]
        verbose_name_plural = "remembered columns"

    def __str__(self) -> str:
        return self.headings[:12]


class ImportPreview(GuardedModel):
    """An uploaded log: its cells, which column is which, and what would be imported. Seen by who uploaded it alone.

    What is confirmed is what was shown: `digest` is over `rows`, `basis` over the log that it was compared with.
    Without row history: an upload that nobody confirms is forgotten, and what is confirmed stands in `Action`.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = _owner()
    file_name = models.CharField(max_length=200)
    table = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    rest = models.CharField("where rows without a source come from", max_length=200, blank=True)
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=0)
    faulty_count = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    basis = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = OwnQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"Upload of {self.count} rows"
