"""Who is asked to a meeting, and what they answered."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel, GuardedQuerySet
from meetings.states import Reply, Stage
from panel.models import Membership, PanelMeeting
from panel.permissions import Permission, can
from referrals.models.base import both_or_neither


class OfMeetingQuerySet(GuardedQuerySet):
    """Rows of a meeting that name no case: whoever sees the meetings sees them."""

    def visible_to(self, user: Any) -> Self:
        return self.all() if can(user, Permission.SEE_MEETINGS) else self.none()


class InvitationQuerySet(OfMeetingQuerySet):
    def standing(self) -> Self:
        return self.exclude(status=Reply.WITHDRAWN)


@pghistory.track()
class Invitation(GuardedModel):
    """One seat asked to one meeting. `sequence` is the calendar's (RFC 5545): it rises with each mail.

    A named deputy is asked when the member declines, as `called_for` says, and no longer when the member comes after
    all (terms of reference, section 4).
    """

    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="invitations")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    called_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="deputies")
    status = models.CharField(max_length=10, choices=Reply, default=Reply.INVITED)
    sequence = models.PositiveIntegerField(default=0)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    reply_note = models.CharField("what they say", max_length=300, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_label = models.CharField("replied by", max_length=200, blank=True)

    objects = InvitationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["meeting", "membership__user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="meetings_invited_once"),
            models.CheckConstraint(
                condition=Q(status__in=[Reply.ACCEPTED, Reply.DECLINED], replied_at__isnull=False)
                & ~Q(replied_label="")
                | Q(status__in=[Reply.INVITED, Reply.WITHDRAWN], replied_at__isnull=True, replied_label=""),
                name="meetings_replied_who_when",
            ),
            models.CheckConstraint(
                condition=Q(called_for__isnull=True) | ~Q(called_for=F("id")), name="meetings_called_for_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.user}, {self.get_status_display().lower()}"

    @property
    def subject(self) -> str:
        """The key of its links: see access_links."""
        return f"meeting-invitation:{self.pk}"


@pghistory.track()
class Sitting(GuardedModel):
    """That a meeting sat: opened and ended by whom and when. It is made with the first step of preparing."""

    meeting = models.OneToOneField(PanelMeeting, on_delete=models.PROTECT, related_name="sitting")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PREPARING)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfMeetingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=both_or_neither("opened_by", "opened_at"), name="meetings_opened_who_when"
            ),
            models.CheckConstraint(
                condition=both_or_neither("ended_by", "ended_at")
                & (Q(stage=Stage.ENDED, ended_at__isnull=False) | ~Q(stage=Stage.ENDED) & Q(ended_at__isnull=True)),
                name="meetings_ended_who_when",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.PREPARING, opened_at__isnull=True)
                | ~Q(stage=Stage.PREPARING) & Q(opened_at__isnull=False),
                name="meetings_open_since",
            ),
        ]

    def __str__(self) -> str:
        return f"Sitting of {self.meeting}"


@pghistory.track()
class Presence(GuardedModel):
    """Somebody who came, from when until when; or who sent apologies (`came_at` empty)."""

    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="presences")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    came_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfMeetingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["membership__user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="meetings_present_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(came_at__isnull=False, left_at__gte=F("came_at")),
                name="meetings_left_after_coming",
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership)

    @property
    def is_here(self) -> bool:
        return self.came_at is not None and self.left_at is None
