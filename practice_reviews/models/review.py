"""A review that the partners commissioned: which, of which case, since when, and how it ended."""

from datetime import date
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.guard import GuardedModel, GuardedQuerySet
from panel.models import Agency
from panel.permissions import GRANTS, Permission
from practice_reviews.choices import Basis, Kind
from practice_reviews.states import RUNNING, TABLE, Status
from rapid_reviews.models import Recommendation
from referrals.models import Referral
from referrals.models.base import both_or_neither, in_order

SEE_ALL = GRANTS[Permission.SEE_PRACTICE_REVIEWS]


def person(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", **options
    )


class PracticeReviewQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """The reviews that exist for `user`: those of a case follow its walls, those of no case are the Panel's."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        day = on or timezone.localdate()
        cases = Q(referral__in=Referral.objects.visible_to(user, on=day).values("pk"))
        if user.roles_on(day) & SEE_ALL:
            return self.filter(cases | Q(referral__isnull=True))
        return self.filter(cases)

    def running(self) -> Self:
        return self.filter(status__in=RUNNING)


class OfReviewQuerySet(GuardedQuerySet):
    """Rows of a review, through their field `review`: whoever sees the review sees them."""

    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(review__in=PracticeReview.objects.visible_to(user, on=on).values("pk"))


class ReviewNumber(GuardedModel):
    """The last number given in a year; its row stays locked until the review is there."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    objects = GuardedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


@pghistory.track()
class PracticeReview(GuardedModel):
    """A review of a case (`referral`), or of none: an audit or another activity may belong to no single case.

    `recommendation` is the one on which the three partners decided; their decisions stay with it. `clock` is the six
    months of a local child safeguarding practice review, `tell_clock` the day by which three bodies are told of it.
    """

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField("type", max_length=20, choices=Kind)
    status = models.CharField(max_length=20, choices=Status, default=Status.COMMISSIONED, db_index=True)
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="practice_reviews", verbose_name="case"
    )
    basis = models.CharField("commissioned on the decision of", max_length=10, choices=Basis, default=Basis.PANEL)
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="practice_reviews"
    )
    deciders = models.TextField(help_text="Who decided, as it was on the day.")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="single_agency_reviews"
    )
    decided_on = models.DateField("decided on")
    target_on = models.DateField("to be done by", null=True, blank=True)
    clock = models.OneToOneField("deadlines.Clock", models.PROTECT, null=True, blank=True, related_name="+")
    tell_clock = models.OneToOneField("deadlines.Clock", models.PROTECT, null=True, blank=True, related_name="+")
    commissioned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    commissioned_at = models.DateTimeField()

    method = models.TextField(blank=True)
    scope_from = models.DateField("looks at the time from", null=True, blank=True)
    scope_to = models.DateField("to", null=True, blank=True)
    scope_note = models.TextField("limits of the scope", blank=True)
    terms_agreed_by = person()
    terms_agreed_on = models.DateField("terms agreed on", null=True, blank=True)

    began_on = models.DateField(null=True, blank=True)
    signed_off_on = models.DateField(null=True, blank=True)
    stopped_by = person()
    stopped_on = models.DateField(null=True, blank=True)
    stopped_reason = models.TextField(blank=True)

    objects = PracticeReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Kind.LCSPR)
                | Q(referral__isnull=False, recommendation__isnull=False, basis=Basis.PARTNERS,
                    clock__isnull=False, tell_clock__isnull=False),
                name="practice_reviews_lcspr_on_the_partners_decision",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.LCSPR) | Q(clock__isnull=True, tell_clock__isnull=True),
                name="practice_reviews_only_an_lcspr_has_a_statutory_clock",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.PARTNERS, recommendation__isnull=False, referral__isnull=False)
                | Q(basis=Basis.PANEL, recommendation__isnull=True),
                name="practice_reviews_partners_decide_on_a_recommendation",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.SINGLE_AGENCY, agency__isnull=False)
                | ~Q(kind=Kind.SINGLE_AGENCY) & Q(agency__isnull=True),
                name="practice_reviews_single_agency_names_it",
            ),
            models.UniqueConstraint(
                fields=["recommendation"], condition=Q(kind=Kind.LCSPR) & ~Q(status=Status.STOPPED),
                name="practice_reviews_one_lcspr_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(deciders=""), name="practice_reviews_has_title_and_deciders"
            ),
            models.CheckConstraint(condition=in_order("scope_from", "scope_to"), name="practice_reviews_scope_forward"),
            models.CheckConstraint(
                condition=both_or_neither("terms_agreed_by", "terms_agreed_on"), name="practice_reviews_terms_who_when"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.COMMISSIONED, Status.STOPPED]) | Q(began_on__isnull=False),
                name="practice_reviews_began_when",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.SIGNED_OFF, signed_off_on__isnull=False)
                | ~Q(status=Status.SIGNED_OFF) & Q(signed_off_on__isnull=True),
                name="practice_reviews_signed_off_when",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.STOPPED, stopped_on__isnull=False, stopped_by__isnull=False)
                & ~Q(stopped_reason="")
                | ~Q(status=Status.STOPPED)
                & Q(stopped_on__isnull=True, stopped_by__isnull=True, stopped_reason=""),
                name="practice_reviews_stopped_who_when_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("practice_reviews:review", args=[self.reference])

    @property
    def case_reference(self) -> str:
        """For the audit trail, the outbox and their walls; the review's own where it belongs to no case."""
        return self.referral.reference if self.referral else self.reference

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def due_on(self) -> date | None:
        """The statutory day of an LCSPR, the agreed day of the others, or None."""
        return self.clock.due_on if self.clock else self.target_on

    @property
    def whose_move(self) -> str:
        """A short phrase: who holds the ball."""
        if self.status == Status.UNDER_WAY and self.kind != Kind.LCSPR:
            return str(self.agency) if self.agency else "Whoever leads the review"
        return TABLE.owner(self.status)
