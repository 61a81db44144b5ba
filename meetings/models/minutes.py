"""The minutes of a meeting, entry by entry: an entry about a case follows the walls of the case."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel, GuardedQuerySet
from meetings.models.agenda import AgendaItem
from meetings.models.invitations import OfMeetingQuerySet
from meetings.states import MinutesStatus
from panel.models import PanelMeeting
from panel.permissions import Permission, can
from referrals.models.base import both_or_neither


@pghistory.track()
class Minutes(GuardedModel):
    """Drafted from what was captured, corrected, circulated, approved by a later meeting; then nothing changes."""

    meeting = models.OneToOneField(PanelMeeting, on_delete=models.PROTECT, related_name="minutes")
    status = models.CharField(max_length=10, choices=MinutesStatus, default=MinutesStatus.DRAFT)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    circulated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    circulated_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_in = models.ForeignKey(
        PanelMeeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="approving meeting",
    )

    objects = OfMeetingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=both_or_neither("circulated_by", "circulated_at"), name="meetings_circulated_who_when"
            ),
            models.CheckConstraint(
                condition=both_or_neither("approved_by", "approved_at", "approved_in")
                & (
                    Q(status=MinutesStatus.APPROVED, approved_at__isnull=False)
                    | ~Q(status=MinutesStatus.APPROVED) & Q(approved_at__isnull=True)
                ),
                name="meetings_approved_who_when_where",
            ),
            models.CheckConstraint(
                condition=Q(status=MinutesStatus.DRAFT) | Q(circulated_at__isnull=False),
                name="meetings_approved_after_circulation",
            ),
        ]

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}"


class EntryQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        if not can(user, Permission.SEE_MEETINGS):
            return self.none()
        items = AgendaItem.objects.visible_to(user).values("pk")
        return self.filter(Q(item__isnull=True) | Q(item__in=items))


@pghistory.track()
class MinuteEntry(GuardedModel):
    """One heading with its text. Without an item: who was there."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="entries")
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=200)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["minutes", "position", "pk"]
        verbose_name_plural = "minute entries"

    def __str__(self) -> str:
        return self.heading
