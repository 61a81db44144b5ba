"""The ledger of morning mails, and the calendars' secret addresses."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel, GuardedQuerySet


class Digest(GuardedModel):
    """One person's morning of one day is settled: a mail was queued, or there was nothing to say.

    The row is what makes it once a day, whatever runs twice, dies or starts again at noon.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    is_weekly = models.BooleanField(default=False)
    items = models.PositiveIntegerField("lines in the mail", default=0)
    message = models.OneToOneField(
        "notifications.Message", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "person"]
        verbose_name = "morning mail"
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="overview_one_digest_a_day"),
            models.CheckConstraint(
                condition=Q(items=0, message__isnull=True) | Q(items__gt=0, message__isnull=False),
                name="overview_digest_only_with_something_to_say",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.day:%-d %B %Y}"


class CalendarFeedQuerySet(GuardedQuerySet):
    def open(self) -> Self:
        return self.filter(revoked_at__isnull=True, person__is_active=True)


class CalendarFeed(GuardedModel):
    """A secret address under which a calendar program fetches one person's dates. The secret itself is not kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    fetched_at = models.DateTimeField("last fetched", null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="overview_one_open_feed_each"
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.person}"
