"""An action of the log: what, from where, whose, by when, and how it ended."""

from datetime import date
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from actions import rag
from actions.choices import ClosedBy, Impact, Kind, Rag, Source
from actions.states import RUNNING, TABLE, Status
from core.guard import GuardedModel, GuardedQuerySet
from panel.models import Agency
from panel.permissions import GRANTS, Permission
from panel.roles import Role
from practice_reviews.models import PracticeReview
from rapid_reviews.models import RapidReview
from referrals.models import Referral
from referrals.models.base import both_or_neither

SEE_ALL = GRANTS[Permission.SEE_ACTIONS]


def person(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", **options
    )


class ActionQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """The actions that exist for `user`. Those of a case follow its walls; those of no case are the Panel's.

        Somebody who sees single cases only (an invited representative) sees the actions of their own agency: in those
        cases, and those of no case.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        day = on or timezone.localdate()
        roles = user.roles_on(day)
        mine = [seat.agency_id for seat in user.memberships_on(day)]
        cases = Q(referral__in=Referral.objects.visible_to(user, on=day).recorded().values("pk"))
        if roles & SEE_ALL:
            return self.filter(cases | Q(referral__isnull=True))
        own = Q(owner__in=mine) | Q(Exists(OtherAgency.objects.filter(action=OuterRef("pk"), agency__in=mine)))
        if Role.DEPUTY_MANAGER in roles:
            return self.filter(cases)
        if Role.INVITED in roles:
            return self.filter(own & (cases | Q(referral__isnull=True)))
        return self.none()

    def running(self) -> Self:
        return self.filter(status__in=RUNNING)

    def of_agencies(self, agencies: Any) -> Self:
        """For which one of these agencies answers, alone or with others."""
        others = OtherAgency.objects.filter(action=OuterRef("pk"), agency__in=agencies)
        return self.filter(Q(owner__in=agencies) | Q(Exists(others)))

    def late_on(self, day: date) -> Self:
        return self.filter(status=Status.OPEN, due_on__lt=day)

    def with_rag(self, on: date) -> "ActionQuerySet":
        return rag.annotated(self, on)


class ActionNumber(GuardedModel):
    """The last number given in a year; its row stays locked until the action is there."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    objects = GuardedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


@pghistory.track()
class Action(GuardedModel):
    """One action. `referral` is its case, whose walls it follows; an action that belongs to no case has none."""

    reference = models.CharField(max_length=20, unique=True)
    earlier_reference = models.CharField("reference in an earlier log", max_length=60, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.PROPOSED)

    source = models.CharField(max_length=20, choices=Source)
    rapid_review = models.ForeignKey(
        RapidReview, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    practice_review = models.ForeignKey(
        PracticeReview, on_delete=models.PROTECT, null=True, blank=True, related_name="actions",
        verbose_name="commissioned review", help_text="Empty for one that was commissioned before this system.",
    )  # fmt: skip
    other_review = models.CharField("which review", max_length=200, blank=True)
    meeting_on = models.DateField("meeting of", null=True, blank=True)
    meeting = models.CharField("which meeting", max_length=200, blank=True)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="actions", verbose_name="case"
    )

    recommendation = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SINGLE)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="owned_actions", verbose_name="agency")
    others = models.ManyToManyField(
        Agency, through="OtherAgency", related_name="shared_actions", blank=True, verbose_name="other agencies"
    )
    lead = person(verbose_name="lead, with an account")
    lead_name = models.CharField("lead, without an account", max_length=150, blank=True)
    lead_address = models.EmailField("lead’s work e-mail", blank=True)
    text = models.TextField("action")
    success_measure = models.TextField(blank=True)
    first_due_on = models.DateField("first due", null=True, blank=True)
    due_on = models.DateField("due", null=True, blank=True)
    at_risk_reason = models.TextField("why it is at risk", blank=True)
    rag_override = models.CharField("colour set by hand", max_length=10, choices=Rag, blank=True)
    rag_override_reason = models.TextField(blank=True)
    rag_override_by = person()

    impact_check_on = models.DateField("impact to be checked on", null=True, blank=True)
    impact = models.CharField("impact on children", max_length=10, choices=Impact, blank=True)
    impact_text = models.TextField("how it is known", blank=True)
    impact_by = person()
    impact_on = models.DateField("impact looked at", null=True, blank=True)

    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_by = person()
    agreed_at = models.DateTimeField(null=True, blank=True)
    claimed_on = models.DateField("claimed complete", null=True, blank=True)
    claimed_by = person()
    claimed_label = models.CharField("claimed complete by", max_length=200, blank=True)
    completed_by = person()
    completed_on = models.DateField(null=True, blank=True)
    closed_how = models.CharField("closed by", max_length=10, choices=ClosedBy, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_meeting = models.CharField("at which meeting", max_length=200, blank=True)
    closed_by = person()
    cancelled_by = person()
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)

    objects = ActionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-reference"]
        indexes = [
            models.Index(fields=["status", "due_on"], name="actions_status_due"),
            models.Index(fields=["owner", "status"], name="actions_owner_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(source=Source.RAPID_REVIEW, rapid_review__isnull=False, referral__isnull=False,
                            other_review="", meeting_on__isnull=True, meeting="")
                | Q(source__in=[Source.PRACTICE_REVIEW, Source.OTHER_REVIEW], rapid_review__isnull=True,
                    practice_review__isnull=True, meeting_on__isnull=True, meeting="") & ~Q(other_review="")
                | Q(source=Source.PRACTICE_REVIEW, rapid_review__isnull=True, practice_review__isnull=False,
                    other_review="", meeting_on__isnull=True, meeting="")
                | Q(source=Source.MEETING, rapid_review__isnull=True, other_review="", meeting_on__isnull=False)
                & ~Q(meeting=""),
                name="actions_exactly_one_source",
            ),
            models.CheckConstraint(
                condition=Q(practice_review__isnull=True) | Q(source=Source.PRACTICE_REVIEW),
                name="actions_practice_review_is_the_source",
            ),
            models.CheckConstraint(
                condition=Q(lead__isnull=True) | Q(lead_name="", lead_address=""), name="actions_one_lead"
            ),
            models.CheckConstraint(condition=Q(lead_address="") | ~Q(lead_name=""), name="actions_lead_has_a_name"),
            models.CheckConstraint(
                condition=Q(status__in=[Status.PROPOSED, Status.CANCELLED, Status.CLOSED]) | Q(due_on__isnull=False),
                name="actions_agreed_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(rag_override="", rag_override_reason="", rag_override_by__isnull=True)
                | Q(rag_override_by__isnull=False) & ~Q(rag_override="") & ~Q(rag_override_reason=""),
                name="actions_override_who_and_why",
            ),
            models.CheckConstraint(condition=~Q(rag_override=Rag.BLUE), name="actions_blue_is_never_set_by_hand"),
            models.CheckConstraint(
                condition=both_or_neither("agreed_by", "agreed_at"), name="actions_agreed_who_when"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.PROPOSED, agreed_at__isnull=True)
                | Q(status=Status.CANCELLED) | ~Q(status=Status.PROPOSED) & Q(agreed_at__isnull=False),
                name="actions_agreed_before_open",
            ),
            models.CheckConstraint(
                condition=Q(claimed_on__isnull=True, claimed_label="", claimed_by__isnull=True)
                | Q(claimed_on__isnull=False) & ~Q(claimed_label=""),
                name="actions_claimed_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.CLAIMED, Status.COMPLETE]) | Q(claimed_on__isnull=False),
                name="actions_complete_was_claimed",
            ),
            models.CheckConstraint(
                condition=both_or_neither("completed_by", "completed_on"), name="actions_completed_who_when"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.COMPLETE) & ~Q(closed_how__in=[ClosedBy.MEETING, ClosedBy.CHAIR])
                | Q(completed_on__isnull=False),
                name="actions_blue_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_on__isnull=False, closed_by__isnull=False)
                & ~Q(closed_how="")
                | ~Q(status=Status.CLOSED) & Q(closed_on__isnull=True, closed_by__isnull=True, closed_how=""),
                name="actions_closed_who_when_how",
            ),
            models.CheckConstraint(
                condition=Q(closed_how=ClosedBy.MEETING) & ~Q(closed_meeting="")
                | ~Q(closed_how=ClosedBy.MEETING) & Q(closed_meeting=""),
                name="actions_closed_by_a_named_meeting",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CANCELLED, cancelled_on__isnull=False, cancelled_by__isnull=False)
                & ~Q(cancelled_reason="")
                | ~Q(status=Status.CANCELLED)
                & Q(cancelled_on__isnull=True, cancelled_by__isnull=True, cancelled_reason=""),
                name="actions_cancelled_who_when_why",
            ),
            models.CheckConstraint(
                condition=Q(impact="", impact_on__isnull=True, impact_by__isnull=True)
                | Q(impact_on__isnull=False, impact_by__isnull=False) & ~Q(impact=""),
                name="actions_impact_who_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("actions:action", args=[self.reference])

    @property
    def subject(self) -> str:
        """The key of its links: see access_links."""
        return f"action:{self.pk}"

    @property
    def document_key(self) -> str:
        """The key under which its evidence is stored: see documents.owners."""
        return f"action:{self.reference}"

    @property
    def case_reference(self) -> str:
        """For the audit trail, the outbox and their walls; the action's own where it belongs to no case."""
        return self.referral.reference if self.referral else self.reference

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def whose_move(self) -> str:
        return TABLE.owner(self.status)

    @property
    def source_words(self) -> str:
        if self.source == Source.RAPID_REVIEW and self.referral:
            return f"Rapid review, {self.referral.reference}"
        if self.source == Source.MEETING:
            return f"{self.meeting}, {self.meeting_on:%-d %B %Y}"
        which = self.practice_review.reference if self.practice_review else self.other_review
        return f"{self.get_source_display()}: {which}"

    @property
    def lead_words(self) -> str:
        return str(self.lead) if self.lead else self.lead_name

    @property
    def agencies(self) -> list[Agency]:
        """The owner, then the others."""
        return [self.owner, *self.others.all()]

    def is_late_on(self, day: date) -> bool:
        return self.status == Status.OPEN and self.due_on is not None and self.due_on < day


class OtherAgencyQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(action__in=Action.objects.visible_to(user, on=on).values("pk"))


@pghistory.track()
class OtherAgency(GuardedModel):
    """An agency that takes part in a multi-agency action beside its owner."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="other_agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    objects = OtherAgencyQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["agency__name"]
        verbose_name_plural = "other agencies"
        constraints = [models.UniqueConstraint(fields=["action", "agency"], name="actions_agency_once")]

    def __str__(self) -> str:
        return str(self.agency)
