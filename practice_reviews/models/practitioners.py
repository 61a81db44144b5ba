"""Events with the practitioners who worked with the family: planned, held, who came, what was learned."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q, Sum

from core.guard import GuardedModel, GuardedQuerySet
from panel.models import Agency
from practice_reviews.choices import EventKind
from practice_reviews.models.beside import account
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview
from practice_reviews.states import EVENTS, EventStatus


class PractitionerEventQuerySet(OfReviewQuerySet):
    def with_counts(self) -> Any:
        """Each with `invited` and `attended`, over all agencies; None where no agency is named."""
        return self.annotate(invited=Sum("agencies__invited"), attended=Sum("agencies__attended"))


@pghistory.track()
class PractitionerEvent(GuardedModel):
    """One event. Counts by agency, never the names of practitioners."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="practitioner_events")
    kind = models.CharField(max_length=20, choices=EventKind)
    status = models.CharField(max_length=10, choices=EventStatus, default=EventStatus.PLANNED)
    planned_on = models.DateField("planned for")
    place = models.CharField("where", max_length=200, blank=True)
    held_on = models.DateField(null=True, blank=True)
    notes = models.TextField(blank=True)
    learning = models.TextField("what was learned", blank=True)
    cancelled_reason = models.TextField("why it was cancelled", blank=True)
    added_by = account()
    added_at = models.DateTimeField()

    objects = PractitionerEventQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=EventStatus.HELD, held_on__isnull=False)
                | ~Q(status=EventStatus.HELD) & Q(held_on__isnull=True),
                name="practice_reviews_event_held_when",
            ),
            models.CheckConstraint(
                condition=Q(status=EventStatus.CANCELLED) & ~Q(cancelled_reason="")
                | ~Q(status=EventStatus.CANCELLED) & Q(cancelled_reason=""),
                name="practice_reviews_event_cancelled_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.held_on or self.planned_on:%d.%m.%Y}"

    @property
    def whose_move(self) -> str:
        return EVENTS.owner(self.status)


@pghistory.track()
class EventAgency(GuardedModel):
    """How many of an agency were invited, and how many came; the second is not known before the event."""

    event = models.ForeignKey(PractitionerEvent, on_delete=models.PROTECT, related_name="agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    invited = models.PositiveSmallIntegerField(default=0)
    attended = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["agency__name"]
        verbose_name_plural = "event agencies"
        constraints = [models.UniqueConstraint(fields=["event", "agency"], name="practice_reviews_event_agency_once")]

    def __str__(self) -> str:
        return f"{self.agency}: {self.invited} invited"
