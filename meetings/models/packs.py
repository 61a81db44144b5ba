"""The papers of a meeting, one file for each person: the row is the queue, and the evidence of having read."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel, GuardedQuerySet
from meetings.choices import PackState
from panel.models import PanelMeeting
from panel.permissions import Permission, can
from referrals.models import Referral
from referrals.models.base import both_or_neither


class PackQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """A pack exists for its reader alone, and only while each case in it does."""
        if not can(user, Permission.SEE_MEETINGS):
            return self.none()
        seen = Referral.objects.visible_to(user).recorded().values("pk")
        return self.filter(person=user).exclude(cases__in=PackCase.objects.exclude(referral__in=seen))

    def light(self) -> Self:
        return self.defer("pdf")


@pghistory.track(exclude=["pdf"])
class Pack(GuardedModel):
    """The papers of one meeting for one person, as one PDF, with the walls round that person applied."""

    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="packs")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PackState, default=PackState.WAITING)
    number = models.PositiveIntegerField("edition", default=1)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    pdf = models.BinaryField("PDF", null=True, blank=True)
    pdf_sha256 = models.CharField("SHA-256 of the PDF", max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField("first taken", null=True, blank=True)
    read_at = models.DateTimeField("says that they have read it", null=True, blank=True)

    objects = PackQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["meeting", "person__name"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="meetings_one_pack_each"),
            models.CheckConstraint(
                condition=both_or_neither("pdf", "pages", "made_at")
                & (
                    Q(state=PackState.READY, pdf__isnull=False) & ~Q(pdf_sha256="")
                    | ~Q(state=PackState.READY) & Q(pdf__isnull=True, pdf_sha256="")
                ),
                name="meetings_ready_pack_has_its_file",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(opened_at__isnull=False), name="meetings_read_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return f"Papers for {self.person}"


@pghistory.track()
class PackCase(GuardedModel):
    """A case that a ready pack speaks of: a wall that goes up later closes the pack."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="cases")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "referral"], name="meetings_pack_case_once")]

    def __str__(self) -> str:
        return str(self.referral)
