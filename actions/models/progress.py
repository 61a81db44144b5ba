"""What is said and shown of an action's progress: notes, evidence, and every date that was asked for."""

from datetime import date
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import F, Q

from actions.choices import Note
from actions.models.action import Action, person
from actions.states import DATES, DateStatus
from core.guard import GuardedModel, GuardedQuerySet
from documents.models import Document
from referrals.models.base import both_or_neither


class OfActionQuerySet(GuardedQuerySet):
    """Rows that belong to an action: whoever sees it sees them."""

    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(action__in=Action.objects.visible_to(user, on=on).values("pk"))


@pghistory.track()
class ProgressNote(GuardedModel):
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=Note, default=Note.PROGRESS)
    text = models.TextField()
    by = person()
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = OfActionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(by_label=""), name="actions_note_says_who")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.at:%d.%m.%Y}"


@pghistory.track()
class Evidence(GuardedModel):
    """A document, a link, or the words that say where it is kept. Somebody else than its giver has seen it, or not."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    link = models.URLField(max_length=500, blank=True)
    elsewhere = models.CharField("kept elsewhere", max_length=1000, blank=True)
    description = models.CharField("what it shows", max_length=300, blank=True)
    given_by = person()
    given_label = models.CharField("given by", max_length=200)
    given_at = models.DateTimeField()
    seen_by = person()
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = OfActionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, link="", elsewhere="")
                | Q(document__isnull=True, elsewhere="") & ~Q(link="")
                | Q(document__isnull=True, link="") & ~Q(elsewhere=""),
                name="actions_evidence_is_one_thing",
            ),
            models.CheckConstraint(
                condition=both_or_neither("seen_by", "seen_at"), name="actions_evidence_seen_who_when"
            ),
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True) | Q(given_by__isnull=True) | ~Q(seen_by=F("given_by")),
                name="actions_evidence_seen_by_another",
            ),
            models.CheckConstraint(condition=~Q(given_label=""), name="actions_evidence_says_who"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.document.name if self.document else self.link or self.elsewhere


@pghistory.track()
class DateChange(GuardedModel):
    """One revision of the due date: asked for with a reason, approved or refused by the chair; none is ever removed."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="date_changes")
    status = models.CharField(max_length=10, choices=DateStatus, default=DateStatus.ASKED)
    due_before = models.DateField("due until then")
    wanted_on = models.DateField("date asked for")
    reason = models.TextField()
    asked_by = person()
    asked_label = models.CharField("asked for by", max_length=200)
    asked_at = models.DateTimeField()
    decided_by = person()
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)

    objects = OfActionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action"], condition=Q(status=DateStatus.ASKED), name="actions_one_date_asked_for"
            ),
            models.CheckConstraint(
                condition=Q(status=DateStatus.ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(status=DateStatus.ASKED) & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="actions_date_decided_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=DateStatus.REFUSED) | ~Q(decision_reason=""), name="actions_date_refused_why"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="actions_date_decided_by_another",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="actions_date_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.due_before:%d.%m.%Y} to {self.wanted_on:%d.%m.%Y}"

    @property
    def whose_move(self) -> str:
        return DATES.owner(self.status)
