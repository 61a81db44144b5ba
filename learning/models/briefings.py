"""A 7-minute briefing: headed parts by an editable template, written in the system, given out as PDF and Word."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.guard import GuardedModel
from learning.choices import Marking
from learning.models.base import OfTheWholePartnershipQuerySet, author, person
from learning.models.messages import KeyMessage
from learning.states import BriefingStatus


class BriefingPart(models.Model):
    """One headed part of new briefings. The seven are those commonly used in the field; the partnership edits them."""

    position = models.PositiveSmallIntegerField(unique=True)
    heading = models.CharField(max_length=80)
    guidance = models.CharField(max_length=300, blank=True)
    is_active = models.BooleanField("active", default=True, help_text="Briefings that are written keep their parts.")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}. {self.heading}"


@pghistory.track()
class SevenMinuteBriefing(GuardedModel):
    """The briefing of one key message. It tells of cases by pseudonym only, and says its marking on every page.

    Not plain "Briefing": the trigger of its history table would bear the same short hash as one of the audit trail.
    """

    message = models.OneToOneField(KeyMessage, on_delete=models.PROTECT, related_name="briefing")
    status = models.CharField(max_length=10, choices=BriefingStatus, default=BriefingStatus.DRAFT)
    title = models.CharField(max_length=120)
    marking = models.CharField(max_length=10, choices=Marking, default=Marking.SENSITIVE)
    started_by = author()
    started_at = models.DateTimeField()
    changed_by = author()
    changed_at = models.DateTimeField()
    finished_by = person()
    finished_on = models.DateField(null=True, blank=True)

    objects = OfTheWholePartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="learning_briefing_has_a_title"),
            models.CheckConstraint(
                condition=Q(status=BriefingStatus.FINISHED, finished_by__isnull=False, finished_on__isnull=False)
                | ~Q(status=BriefingStatus.FINISHED) & Q(finished_by__isnull=True, finished_on__isnull=True),
                name="learning_briefing_finished_who_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Briefing {self.message}"

    def get_absolute_url(self) -> str:
        return reverse("learning:briefing", args=[self.message.reference])

    @property
    def texts(self) -> list[Any]:
        return list(self.parts.order_by("position"))


@pghistory.track()
class BriefingText(GuardedModel):
    """One part as written. Heading and guidance are copied from the template when the briefing is begun."""

    briefing = models.ForeignKey(SevenMinuteBriefing, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=80)
    guidance = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)

    objects = OfTheWholePartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["briefing", "position"], name="learning_briefing_part_once")]

    def __str__(self) -> str:
        return self.heading
