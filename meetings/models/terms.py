"""The reviews of the terms of reference themselves."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel
from documents.models import Document
from meetings.models.invitations import OfMeetingQuerySet
from panel.models import PanelMeeting


@pghistory.track()
class TermsReview(GuardedModel):
    """One review of the terms of reference: when, what came of it, when the next is due, the document that holds."""

    reviewed_on = models.DateField()
    next_due_on = models.DateField()
    outcome = models.TextField("what came of it")
    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfMeetingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-reviewed_on", "-pk"]
        verbose_name = "review of the terms of reference"
        verbose_name_plural = "reviews of the terms of reference"
        constraints = [
            models.CheckConstraint(condition=Q(next_due_on__gt=F("reviewed_on")), name="meetings_terms_due_later"),
            models.CheckConstraint(condition=~Q(outcome=""), name="meetings_terms_say_what_came_of_it"),
        ]

    def __str__(self) -> str:
        return f"Reviewed on {self.reviewed_on:%d.%m.%Y}"
