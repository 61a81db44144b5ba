"""Who may not see a case although they could, and who may although they could not."""

from datetime import date, datetime
from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from core.guard import GuardedModel
from referrals.choices import ConflictKind
from referrals.models.base import CaseRowQuerySet, both_or_neither
from referrals.states import ConflictStatus, EmergencyStatus

CONFLICT_OVER = (ConflictStatus.DISMISSED, ConflictStatus.ENDED)
EMERGENCY_HOURS = 24

_DAYS = Func(F("from_on"), F("until_on"), Value("[]"), function="daterange")


def _only(field: str) -> Func:
    return Func(F(field), F(field), Value("[]"), function="int8range")


class RunningQuerySet(CaseRowQuerySet):
    def running_on(self, day: date) -> Self:
        """Started on or before `day` and not ended by it."""
        return self.filter(self.model.running(day))


@pghistory.track()
class ConflictOfInterest(GuardedModel):
    """A wall between a person and a case (terms of reference, section 4), from a day until it is ended or runs out.

    `until_on` is the last day with the wall, where one was set beforehand; `ended_on` the first day without it. A
    declared one is a wall from the moment of its declaration: the ruling only keeps it or takes it down.
    """

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="conflicts")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=20, choices=ConflictKind)
    reason = models.TextField()
    status = models.CharField(max_length=20, choices=ConflictStatus, default=ConflictStatus.RECORDED)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True, blank=True)
    ruling_reason = models.TextField(blank=True)
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
            ExclusionConstraint(
                name="referrals_one_running_conflict_each",
                # A range of one number stands for "equal", which GiST knows only with an extension.
                expressions=[
                    (_only("referral"), RangeOperators.OVERLAPS),
                    (_only("member"), RangeOperators.OVERLAPS),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="referrals_conflict_runs_out_after_start",
            ),
            models.CheckConstraint(
                condition=both_or_neither("ruled_by", "ruled_at"), name="referrals_conflict_ruled_who_when"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ConflictStatus.UPHELD, ConflictStatus.DISMISSED])
                | (Q(ruled_at__isnull=False) & ~Q(ruling_reason="")),
                name="referrals_conflict_ruling_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CONFLICT_OVER, ended_on__isnull=False)
                | (~Q(status__in=CONFLICT_OVER) & Q(ended_on__isnull=True)),
                name="referrals_conflict_over_has_an_end",
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
        not_out = Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gte": day})
        return Q(**{f"{prefix}from_on__lte": day}) & not_ended & not_out

    def runs_on(self, day: date) -> bool:
        return (
            self.from_on <= day
            and (self.ended_on is None or self.ended_on > day)
            and (self.until_on is None or self.until_on >= day)
        )

    @property
    def is_declared(self) -> bool:
        """Whether it waits for the chair's ruling."""
        return self.status == ConflictStatus.DECLARED

    @property
    def was_declared(self) -> bool:
        """Whether the member themself said so."""
        return self.recorded_by_id == self.member_id


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


@pghistory.track()
class ConflictAnswer(GuardedModel):
    """What a member answered when asked whether an agency that joined the case makes a conflict for them.

    One row per member and agency: an agency that joins later has none, so the question is open again by itself.
    """

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="conflict_answers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("panel.Agency", on_delete=models.PROTECT, related_name="+")
    is_conflict = models.BooleanField("conflict of interest")
    answered_at = models.DateTimeField()

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["member__name", "agency__name"]
        verbose_name = "answer about a conflict of interest"
        verbose_name_plural = "answers about conflicts of interest"
        constraints = [
            models.UniqueConstraint(fields=["referral", "member", "agency"], name="referrals_answered_once_per_agency")
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.agency}: {'conflict' if self.is_conflict else 'no conflict'}"


@pghistory.track()
class EmergencyAccess(GuardedModel):
    """A case opened by the business manager's deputy in an emergency: to read, for 24 hours, reviewed by the chair."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="emergency_accesses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=EmergencyStatus, default=EmergencyStatus.OPENED)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField("until")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_reason = models.TextField(blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "emergency access"
        verbose_name_plural = "emergency accesses"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="referrals_emergency_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("opened_at")), name="referrals_emergency_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(status=EmergencyStatus.OPENED, reviewed_by__isnull=True, reviewed_at__isnull=True)
                | ~Q(status=EmergencyStatus.OPENED) & Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="referrals_emergency_reviewed_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=EmergencyStatus.NOT_ACCEPTED) | ~Q(review_reason=""),
                name="referrals_emergency_refused_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, until {self.until_at}"

    @staticmethod
    def running(moment: datetime) -> Q:
        return Q(opened_at__lte=moment, until_at__gt=moment) & ~Q(status=EmergencyStatus.NOT_ACCEPTED)

    def runs_at(self, moment: datetime) -> bool:
        return self.opened_at <= moment < self.until_at and self.status != EmergencyStatus.NOT_ACCEPTED

    @property
    def awaits_review(self) -> bool:
        return self.status == EmergencyStatus.OPENED
