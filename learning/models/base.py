"""What the models of learning share: who sees them, and the numbers of their references."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.guard import GuardedModel, GuardedQuerySet
from panel.permissions import GRANTS, Permission

SEE_ALL = GRANTS[Permission.SEE_LEARNING]


def person(**options: Any) -> models.ForeignKey:
    """Somebody with an account, where there is one."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", **options
    )


def author(**options: Any) -> models.ForeignKey:
    """Whoever made the row; always known."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


def sees_all(user: Any, day: date) -> bool:
    return bool(user.is_authenticated and user.is_active and user.roles_on(day) & SEE_ALL)


class OfTheWholePartnershipQuerySet(GuardedQuerySet):
    """Rows that belong to no case and tell of none: whoever sees learning sees them."""

    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.all() if sees_all(user, on or timezone.localdate()) else self.none()


class LearningNumber(GuardedModel):
    """The last number given of a kind and year; its row stays locked until the thing is there."""

    prefix = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="learning_number_once")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}: {self.last}"


class PracticeArea(models.Model):
    """Where in practice something was learned: “hospital discharge”. Reference data: the partnership edits the list."""

    name = models.CharField(max_length=80, unique=True)
    source = models.CharField("where it comes from", max_length=200, blank=True)
    is_active = models.BooleanField(
        "active", default=True, help_text="Untick instead of deleting: learning points keep their area."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
