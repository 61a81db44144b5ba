from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel, GuardedQuerySet
from referrals.choices import LinkKind
from referrals.models.base import CaseRowQuerySet, both_or_neither
from referrals.models.case import Referral
from referrals.models.children import Child
from referrals.models.people import RelatedPerson
from referrals.names import LONGEST


class NameKey(GuardedModel):
    """A normal form of the name or date of birth of a child or other person: see referrals/names.py.

    Derived from rows whose history is kept, and made anew with each of their changes, so it keeps no history itself.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, null=True, related_name="name_keys")
    person = models.ForeignKey(RelatedPerson, on_delete=models.CASCADE, null=True, related_name="name_keys")
    value = models.CharField(max_length=LONGEST, db_index=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(child__isnull=True, person__isnull=False) | Q(child__isnull=False, person__isnull=True),
                name="referrals_name_key_is_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Key {self.pk}"


class LinkQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Links of which this person may see both cases: a link never tells of a case behind a wall."""
        cases = Referral.objects.visible_to(user).recorded().values("pk")
        return self.filter(first__in=cases, second__in=cases)

    def of(self, referral: Referral) -> Self:
        return self.filter(Q(first=referral) | Q(second=referral))

    def running(self) -> Self:
        return self.filter(ended_at__isnull=True)


@pghistory.track()
class CaseLink(GuardedModel):
    """Two cases that belong together, and why. It has no direction: `first` is the one recorded first."""

    first = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=LinkKind)
    reason = models.TextField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = models.TextField(blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["-linked_at", "-pk"]
        verbose_name = "link between cases"
        verbose_name_plural = "links between cases"
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="referrals_link_in_order"),
            models.UniqueConstraint(
                fields=["first", "second", "kind"],
                condition=Q(ended_at__isnull=True),
                name="referrals_one_running_link_of_a_kind",
            ),
            models.CheckConstraint(
                condition=both_or_neither("ended_at", "ended_by"), name="referrals_link_end_who_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}: {self.get_kind_display().lower()}"

    def other(self, referral: Referral) -> Referral:
        return self.second if self.first_id == referral.pk else self.first
