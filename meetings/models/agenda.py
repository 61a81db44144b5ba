"""The items of an agenda, and what is captured of each: conflicts, decision, dissent, actions."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from actions.models import Action
from core.guard import GuardedModel, GuardedQuerySet
from meetings.choices import WITHOUT_REASON, Decision, ItemKind
from panel.models import Membership, PanelMeeting
from panel.permissions import Permission, can
from referrals.choices import ConflictKind
from referrals.models import Referral
from referrals.models.base import both_or_neither


class ItemQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The items that exist for `user`: those about a case follow its walls. Nothing else decides this."""
        if not can(user, Permission.SEE_MEETINGS):
            return self.none()
        cases = Referral.objects.visible_to(user).recorded().values("pk")
        return self.filter(Q(referral__isnull=True) | Q(referral__in=cases))

    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True).order_by("position", "pk")


class OfItemQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(item__in=AgendaItem.objects.visible_to(user).values("pk"))


@pghistory.track()
class AgendaItem(GuardedModel):
    """One item. `source` says from what it was assembled ("review:17"), so that assembling again adds it once;
    `version` rises with each capture, so that two clerks do not overwrite each other."""

    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=ItemKind, default=ItemKind.OTHER)
    source = models.CharField(max_length=60, blank=True)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="case"
    )
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    paper = models.TextField("what the papers say", blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    version = models.PositiveIntegerField(default=1)
    conflicts_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    conflicts_asked_at = models.DateTimeField(null=True, blank=True)
    discussion = models.TextField("what was said", blank=True)
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    reasons = models.TextField("reasons for the decision", blank=True)
    chair_ruling = models.TextField("the chair’s ruling where it was not quorate", blank=True)
    is_quorate = models.BooleanField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField(null=True, blank=True)

    objects = ItemQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "source"], condition=~Q(source=""), name="meetings_item_assembled_once"
            ),
            models.CheckConstraint(
                condition=both_or_neither("removed_by", "removed_at"), name="meetings_removed_who_when"
            ),
            models.CheckConstraint(
                condition=both_or_neither("conflicts_asked_by", "conflicts_asked_at"), name="meetings_asked_who_when"
            ),
            models.CheckConstraint(
                condition=both_or_neither("updated_by", "updated_at"), name="meetings_captured_who_when"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, is_quorate__isnull=True)
                | ~Q(decision="") & Q(decided_at__isnull=False, is_quorate__isnull=False),
                name="meetings_decided_when",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decision__in=WITHOUT_REASON) | ~Q(reasons=""), name="meetings_decided_why"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[ItemKind.REFERRAL, ItemKind.REVIEW]) | Q(referral__isnull=False),
                name="meetings_case_item_has_its_case",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def case_reference(self) -> str:
        return self.referral.reference if self.referral else ""


@pghistory.track()
class ItemConflict(GuardedModel):
    """Somebody who may not take part in an item: what they said, when they left the room and came back."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="conflicts")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ConflictKind)
    reason = models.TextField("what was said")
    left_at = models.DateTimeField("left the room", null=True, blank=True)
    returned_at = models.DateTimeField("came back", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfItemQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["membership__user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "membership"], name="meetings_conflict_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="meetings_conflict_says_why"),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(left_at__isnull=False, returned_at__gte=F("left_at")),
                name="meetings_back_after_leaving",
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership)


@pghistory.track()
class Dissent(GuardedModel):
    """What a member holds against a decision. It stands in the minutes as it was said."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="dissents")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfItemQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["membership__user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "membership"], name="meetings_dissent_once"),
            models.CheckConstraint(condition=~Q(text=""), name="meetings_dissent_says_what"),
        ]

    def __str__(self) -> str:
        return str(self.membership)


@pghistory.track()
class ItemAction(GuardedModel):
    """An action of the log that was agreed under an item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="actions")
    action = models.OneToOneField(Action, on_delete=models.PROTECT, related_name="+")

    objects = OfItemQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["action__reference"]

    def __str__(self) -> str:
        return str(self.action)
