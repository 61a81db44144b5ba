"""A review that the partners commissioned: which, of which case, since when, and how it ended."""

from datetime import date
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.guard import GuardedModel, GuardedQuerySet
from panel.permissions import GRANTS, Permission
from practice_reviews.choices import Kind
from practice_reviews.states import RUNNING, Status
from referrals.models import Referral

SEE_ALL = GRANTS[Permission.SEE_PRACTICE_REVIEWS]


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


@pghistory.track()
class PracticeReview(GuardedModel):
    """A review of a case (`referral`), or of none: an audit or another activity may belong to no single case."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField("type", max_length=20, choices=Kind)
    status = models.CharField(max_length=20, choices=Status, default=Status.COMMISSIONED, db_index=True)
    title = models.CharField(max_length=200)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="practice_reviews", verbose_name="case"
    )
    decided_on = models.DateField("decided on")
    commissioned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    commissioned_at = models.DateTimeField()
    signed_off_on = models.DateField(null=True, blank=True)

    objects = PracticeReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Kind.LCSPR) | Q(referral__isnull=False), name="practice_reviews_lcspr_has_a_case"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.SIGNED_OFF, signed_off_on__isnull=False)
                | ~Q(status=Status.SIGNED_OFF) & Q(signed_off_on__isnull=True),
                name="practice_reviews_signed_off_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
