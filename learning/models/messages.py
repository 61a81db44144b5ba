"""A key message: written for the whole partnership, recommended to the Executive Group, agreed, and made to last."""

from datetime import date
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.guard import GuardedModel, GuardedQuerySet
from learning.choices import Impact
from learning.models.base import OfTheWholePartnershipQuerySet, author, person
from learning.models.points import LearningPoint
from learning.states import MESSAGES, MessageStatus
from rapid_reviews.models import Audience
from referrals.models.base import both_or_neither


@pghistory.track()
class KeyMessage(GuardedModel):
    """What everybody should know and do. It tells of no case; the points it rests on are shown to who sees them."""

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=12, choices=MessageStatus, default=MessageStatus.DRAFTED, db_index=True)
    text = models.CharField("key message", max_length=300)
    why = models.TextField("why it matters")
    audiences = models.ManyToManyField(Audience, through="MessageAudience", related_name="+", blank=True)
    points = models.ManyToManyField(LearningPoint, through="MessagePoint", related_name="messages", blank=True)
    drafted_by = author()
    drafted_at = models.DateTimeField()
    recommended_by = person()
    recommended_on = models.DateField(null=True, blank=True)
    sent_back_reason = models.TextField(blank=True)
    agreed_by = person(verbose_name="agreement recorded by")
    agreed_on = models.DateField("agreed by the Executive Group on", null=True, blank=True)
    closed_by = person()
    closed_on = models.DateField(null=True, blank=True)
    closing_words = models.TextField("what became of it", blank=True)
    withdrawn_by = person()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True)

    objects = OfTheWholePartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(why=""), name="learning_message_says_what_and_why"),
            models.CheckConstraint(
                condition=both_or_neither("recommended_by", "recommended_on"),
                name="learning_message_recommended_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[MessageStatus.RECOMMENDED, MessageStatus.AGREED, MessageStatus.CLOSED])
                | Q(recommended_on__isnull=False),
                name="learning_message_was_recommended",
            ),
            models.CheckConstraint(
                condition=both_or_neither("agreed_by", "agreed_on"), name="learning_message_agreed_who_when"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[MessageStatus.AGREED, MessageStatus.CLOSED]) | Q(agreed_on__isnull=False),
                name="learning_message_was_agreed",
            ),
            models.CheckConstraint(
                condition=Q(status=MessageStatus.CLOSED, closed_by__isnull=False, closed_on__isnull=False)
                & ~Q(closing_words="")
                | ~Q(status=MessageStatus.CLOSED) & Q(closed_by__isnull=True, closed_on__isnull=True, closing_words=""),
                name="learning_message_closed_who_when_what",
            ),
            models.CheckConstraint(
                condition=Q(status=MessageStatus.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_on__isnull=False)
                & ~Q(withdrawal_reason="")
                | ~Q(status=MessageStatus.WITHDRAWN)
                & Q(withdrawn_by__isnull=True, withdrawn_on__isnull=True, withdrawal_reason=""),
                name="learning_message_withdrawn_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("learning:message", args=[self.reference])

    @property
    def whose_move(self) -> str:
        return MESSAGES.owner(self.status)

    @property
    def is_agreed(self) -> bool:
        return self.status == MessageStatus.AGREED


class OfMessageQuerySet(OfTheWholePartnershipQuerySet):
    """Rows of a message, as visible as it is."""


@pghistory.track()
class MessageAudience(GuardedModel):
    message = models.ForeignKey(KeyMessage, on_delete=models.PROTECT, related_name="message_audiences")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")

    objects = OfMessageQuerySet.as_manager()

    class Meta:
        ordering = ["audience__position", "audience__name"]
        constraints = [models.UniqueConstraint(fields=["message", "audience"], name="learning_audience_once")]

    def __str__(self) -> str:
        return f"{self.audience} ({self.message})"


class MessagePointQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """Of points that the person sees: a wall hides that the message rests on the case."""
        return self.filter(point__in=LearningPoint.objects.visible_to(user, on=on).values("pk"))


@pghistory.track()
class MessagePoint(GuardedModel):
    message = models.ForeignKey(KeyMessage, on_delete=models.PROTECT, related_name="message_points")
    point = models.ForeignKey(LearningPoint, on_delete=models.PROTECT, related_name="message_points")

    objects = MessagePointQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["point__reference"]
        constraints = [models.UniqueConstraint(fields=["message", "point"], name="learning_point_once")]

    def __str__(self) -> str:
        return f"{self.point} ({self.message})"


class ImpactInterval(models.Model):
    """After how many months it is asked whether practice changed. Local practice: the partnership edits the list."""

    months = models.PositiveSmallIntegerField(unique=True)
    is_active = models.BooleanField("active", default=True)

    class Meta:
        ordering = ["months"]

    def __str__(self) -> str:
        return f"{self.months} months"


class ImpactCheckQuerySet(OfMessageQuerySet):
    def waiting(self) -> Self:
        return self.filter(done_on__isnull=True, message__status=MessageStatus.AGREED)


@pghistory.track()
class ImpactCheck(GuardedModel):
    """Whether practice changed, so many months after the first product was issued."""

    message = models.ForeignKey(KeyMessage, on_delete=models.PROTECT, related_name="impact_checks")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    reminded_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Impact, blank=True)
    evidence = models.TextField("how it is known", blank=True)
    done_by = person()
    done_on = models.DateField(null=True, blank=True)

    objects = ImpactCheckQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "months"], name="learning_impact_once"),
            models.CheckConstraint(
                condition=Q(outcome="", evidence="", done_by__isnull=True, done_on__isnull=True)
                | Q(done_by__isnull=False, done_on__isnull=False) & ~Q(outcome="") & ~Q(evidence=""),
                name="learning_impact_who_when_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message}, after {self.months} months"

    def is_late_on(self, day: date) -> bool:
        return self.done_on is None and self.due_on < day
