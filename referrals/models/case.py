import uuid
from datetime import date
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from core.guard import GuardedModel
from deadlines.models import Clock
from panel.models import Agency
from panel.permissions import GRANTS, Permission
from panel.roles import Role
from referrals.choices import Kind, Nature, PlaceType, Precision, YesNoUnknown
from referrals.models.access import CaseInvitation, ConflictOfInterest, EmergencyAccess
from referrals.models.base import CaseRowQuerySet, both_or_neither, in_order
from referrals.models.reference import HarmType
from referrals.states import TABLE, UNRECORDED, Status

SEES_ALL_CASES = GRANTS[Permission.SEE_CASES] - {Role.INVITED, Role.DEPUTY_MANAGER}


def _doors(user: Any, roles: frozenset[Role], day: date) -> Q:
    """What lets somebody into single cases: an invitation on that day, an emergency access this moment."""
    doors = Q(pk__in=[])
    if Role.INVITED in roles:
        invited = CaseInvitation.objects.filter(CaseInvitation.running(day), referral=OuterRef("pk"), person=user)
        doors |= Q(Exists(invited))
    if Role.DEPUTY_MANAGER in roles:
        running = EmergencyAccess.running(timezone.now())
        doors |= Q(Exists(EmergencyAccess.objects.filter(running, referral=OuterRef("pk"), person=user)))
    return doors


class ReferralQuerySet(CaseRowQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """The cases that exist for `user` on the day `on` (today unless given). Nothing else decides this.

        The Panel, the Safeguarding Partners and the scrutineer see every recorded case but those with a wall
        between them and it; an invited representative sees their cases while the invitation runs, the business
        manager's deputy what an emergency has opened to them, for its 24 hours; a draft is seen by its author and the
        business manager; everybody else sees nothing, superusers included. No door opens what a wall closes.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        day = on or timezone.localdate()
        roles = user.roles_on(day)
        walls = ConflictOfInterest.objects.filter(ConflictOfInterest.running(day), referral=OuterRef("pk"), member=user)
        if roles & SEES_ALL_CASES:
            recorded = ~Q(status__in=UNRECORDED)
        elif roles & {Role.INVITED, Role.DEPUTY_MANAGER}:
            recorded = ~Q(status__in=UNRECORDED) & _doors(user, roles, day)
        else:
            return self.none()
        drafts = Q(status=Status.DRAFT) & (Q() if Role.BUSINESS_MANAGER in roles else Q(created_by=user))
        return self.filter(recorded | drafts).filter(~Exists(walls))

    def recorded(self) -> Self:
        """Cases with a reference: neither drafts nor discarded."""
        return self.exclude(status__in=UNRECORDED)

    def drafts(self) -> Self:
        return self.filter(status=Status.DRAFT)


@pghistory.track()
class Referral(GuardedModel):
    """A case: one incident with its children, from the first draft on.

    `incident_on` is the first day of the month or year where `incident_precision` says so.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="led_cases"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Nobody, where it came from outside: then the referrer’s work e-mail is known.",
    )  # fmt: skip
    created_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)

    referring_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals_made"
    )
    referrer_name = models.CharField("who refers", max_length=150, blank=True)
    referrer_address = models.EmailField("work e-mail of who refers", blank=True)

    nature = models.CharField("nature of the incident", max_length=20, choices=Nature, blank=True)
    incident_on = models.DateField("date of the incident", null=True, blank=True)
    incident_time = models.TimeField("time of the incident", null=True, blank=True)
    incident_precision = models.CharField(max_length=10, choices=Precision, default=Precision.EXACT)
    place_type = models.CharField("type of place", max_length=20, choices=PlaceType, blank=True)
    la_area = models.CharField("local authority area", max_length=100, blank=True)
    harm_types = models.ManyToManyField(HarmType, through="SuspectedHarm", related_name="referrals", blank=True)
    harm_other = models.CharField("other harm", max_length=200, blank=True)
    circumstances = models.TextField("brief circumstances", blank=True)
    media_interest = models.CharField(max_length=20, choices=YesNoUnknown, blank=True)
    media_details = models.TextField(blank=True)
    legal_interest = models.CharField(
        "police, court or coroner's proceedings", max_length=20, choices=YesNoUnknown, blank=True
    )
    legal_details = models.TextField(blank=True)

    partnership_aware_on = models.DateField(null=True, blank=True)
    la_aware_on = models.DateField("local authority aware", null=True, blank=True)
    notified_on = models.DateField("notification sent to the national Panel", null=True, blank=True)
    partners_informed_on = models.DateField("Safeguarding Partners informed", null=True, blank=True)
    regulators_told_on = models.DateField("Secretary of State and Ofsted told", null=True, blank=True)
    copy_received_on = models.DateField("copy received by the partnership", null=True, blank=True)
    sin_reference = models.CharField("notification reference", max_length=60, blank=True)
    late_reason = models.TextField("why something was late", blank=True)
    late_told = models.CharField("who was told that it was late", max_length=300, blank=True)

    accepted_on = models.DateField("accepted for rapid review", null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closing_reason = models.TextField(blank=True)

    no_agency_involved = models.BooleanField(
        default=False, help_text="That no agency knew the family is a concern too."
    )
    agencies = models.ManyToManyField(Agency, through="InvolvedAgency", related_name="referrals", blank=True)
    notify_clock = models.OneToOneField(
        Clock, on_delete=models.PROTECT, null=True, blank=True, related_name="notified_referral"
    )
    inform_clock = models.OneToOneField(
        Clock, on_delete=models.PROTECT, null=True, blank=True, related_name="informed_referral"
    )
    looked_after_clock = models.OneToOneField(
        Clock, on_delete=models.PROTECT, null=True, blank=True, related_name="looked_after_referral"
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = "case"
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="referrals_reference"),
            models.CheckConstraint(
                condition=Q(status__in=UNRECORDED, reference="", recorded_at__isnull=True)
                | (~Q(status__in=UNRECORDED) & ~Q(reference="") & Q(recorded_at__isnull=False)),
                name="referrals_recorded_has_a_reference",
            ),
            models.CheckConstraint(
                condition=both_or_neither("recorded_by", "recorded_at")
                | Q(created_by__isnull=True, recorded_by__isnull=True),
                name="referrals_recorded_who_when",
            ),
            models.CheckConstraint(
                condition=Q(created_by__isnull=False) | (~Q(referrer_address="") & Q(kind=Kind.REFERRAL)),
                name="referrals_from_somebody",
            ),
            models.CheckConstraint(
                condition=both_or_neither("closed_by", "closed_on"), name="referrals_closed_who_when"
            ),
            models.CheckConstraint(
                condition=~Q(incident_precision=Precision.EXACT) | in_order("incident_on", "partnership_aware_on"),
                name="referrals_incident_before_partnership_aware",
            ),
            models.CheckConstraint(
                condition=~Q(incident_precision=Precision.EXACT) | in_order("incident_on", "la_aware_on"),
                name="referrals_incident_before_la_aware",
            ),
            models.CheckConstraint(
                condition=in_order("la_aware_on", "notified_on"), name="referrals_la_aware_before_notified"
            ),
            models.CheckConstraint(
                condition=in_order("la_aware_on", "partners_informed_on"), name="referrals_la_aware_before_informed"
            ),
            models.CheckConstraint(
                condition=in_order("notified_on", "copy_received_on"), name="referrals_notified_before_copy"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-recorded_at"], name="referrals_status_recorded"),
            models.Index(fields=["-recorded_at"], name="referrals_recorded"),
        ]

    def __str__(self) -> str:
        return self.reference or "Draft"

    def get_absolute_url(self) -> str:
        if self.status == Status.DRAFT:
            return reverse("referrals:draft-tasks", args=[self.key])
        return reverse("overview:case", args=[self.reference])

    @property
    def is_from_outside(self) -> bool:
        """Whether it came by the form for professionals without an account."""
        return self.created_by_id is None

    @property
    def whose_move(self) -> str:
        return TABLE.owner(self.status)

    @property
    def clocks(self) -> list[Clock]:
        """The statutory clocks of the notification, in the order in which they were started."""
        return [c for c in (self.notify_clock, self.inform_clock, self.looked_after_clock) if c is not None]

    def may_be_seen_by(self, user: Any, *, on: date | None = None) -> bool:
        """The same answer as `visible_to`, for a case in hand; uses prefetched conflicts and invitations."""
        if not user.is_authenticated or not user.is_active:
            return False
        day = on or timezone.localdate()
        roles = user.roles_on(day)
        if any(c.member_id == user.pk and c.runs_on(day) for c in self.conflicts.all()):
            return False
        if not roles & GRANTS[Permission.SEE_CASES]:
            return False
        if self.status == Status.DRAFT:
            return Role.BUSINESS_MANAGER in roles or self.created_by_id == user.pk
        if self.status in UNRECORDED:
            return False
        if roles & SEES_ALL_CASES:
            return True
        if any(i.person_id == user.pk and i.runs_on(day) for i in self.invitations.all()):
            return Role.INVITED in roles
        return Role.DEPUTY_MANAGER in roles and self.emergency_of(user) is not None

    def emergency_of(self, user: Any) -> EmergencyAccess | None:
        """The emergency access by which `user` sees the case this moment."""
        running = self.emergency_accesses.filter(EmergencyAccess.running(timezone.now()), person=user)
        found: EmergencyAccess | None = running.order_by("-until_at").first()
        return found


@pghistory.track()
class SuspectedHarm(GuardedModel):
    """A harm type suspected in a case."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="suspected_harms")
    harm_type = models.ForeignKey(HarmType, on_delete=models.PROTECT, related_name="+")

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["harm_type__position"]
        constraints = [models.UniqueConstraint(fields=["referral", "harm_type"], name="referrals_harm_once")]

    def __str__(self) -> str:
        return str(self.harm_type)


@pghistory.track()
class InvolvedAgency(GuardedModel):
    """An agency that was involved with a child or the family, and how."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="involved_agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="involvements")
    involvement = models.TextField("how it was involved", blank=True)
    from_the_start = models.BooleanField(
        default=False, help_text="Named when the case was recorded. The Panel is asked about one that joined later."
    )

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name"]
        verbose_name_plural = "involved agencies"
        constraints = [models.UniqueConstraint(fields=["referral", "agency"], name="referrals_agency_involved_once")]

    def __str__(self) -> str:
        return str(self.agency)
