"""Who may not see a case although they could, and who may although they could not."""

from datetime import date
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel
from referrals.choices import ConflictKind
from referrals.models.base import CaseRowQuerySet, both_or_neither


class RunningQuerySet(CaseRowQuerySet):
    def running_on(self, day: date) -> Self:
        """Started on or before `day` and not ended by it."""
        return self.filter(self.model.running(day))


@pghistory.track()
class ConflictOfInterest(GuardedModel):
    """A wall between a person and a case (terms of reference, section 4), from a day until it is ended.

    `ended_on` is the first day without the wall.
    """

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="conflicts")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=20, choices=ConflictKind)
    reason = models.TextField()
    from_on = models.DateField("from")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = models.TextField(blank=True)

    objects = RunningQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = "conflict of interest"
        verbose_name_plural = "conflicts of interest"
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "member"],
                condition=Q(ended_on__isnull=True),
                name="referrals_one_running_conflict_each",
            ),
            models.CheckConstraint(
                condition=both_or_neither("ended_on", "ended_by"), name="referrals_conflict_end_who_when"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_on")),
                name="referrals_conflict_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.get_kind_display()})"

    @staticmethod
    def running(day: date, prefix: str = "") -> Q:
        """The condition "runs on `day`", for this model or, with a prefix, through a relation to it."""
        not_ended = Q(**{f"{prefix}ended_on__isnull": True}) | Q(**{f"{prefix}ended_on__gt": day})
        return Q(**{f"{prefix}from_on__lte": day}) & not_ended

    def runs_on(self, day: date) -> bool:
        return self.from_on <= day and (self.ended_on is None or self.ended_on > day)


@pghistory.track()
class CaseInvitation(GuardedModel):
    """An agency's representative who takes part in one case, until a day (included) or until it is withdrawn."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_invitations")
    purpose = models.TextField()
    from_on = models.DateField("from")
    until_on = models.DateField("until")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RunningQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        verbose_name = "invitation to a case"
        verbose_name_plural = "invitations to cases"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="referrals_invitation_ends_after_start"
            ),
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_on", "withdrawn_by"), name="referrals_invitation_end_who_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, until {self.until_on}"

    @staticmethod
    def running(day: date, prefix: str = "") -> Q:
        not_withdrawn = Q(**{f"{prefix}withdrawn_on__isnull": True}) | Q(**{f"{prefix}withdrawn_on__gt": day})
        return Q(**{f"{prefix}from_on__lte": day, f"{prefix}until_on__gte": day}) & not_withdrawn

    def runs_on(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on and (self.withdrawn_on is None or self.withdrawn_on > day)
