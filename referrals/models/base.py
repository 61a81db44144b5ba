from datetime import date
from typing import Any, Self

from django.db.models import F, Q

from core.guard import GuardedQuerySet


class CaseRowQuerySet(GuardedQuerySet):
    """Rows that belong to a case through their field `referral`: whoever sees the case sees them."""

    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        referrals = self.model._meta.get_field("referral").related_model
        return self.filter(referral__in=referrals.objects.visible_to(user, on=on).values("pk"))


def both_or_neither(*fields: str) -> Q:
    """A condition for CHECK: all of `fields` are null, or none is (who and when go together)."""
    return Q(**{f"{field}__isnull": True for field in fields}) | Q(**{f"{field}__isnull": False for field in fields})


def in_order(first: str, then: str) -> Q:
    """A condition for CHECK: the date `first` is not after the date `then`, where both are known."""
    return Q(**{f"{first}__isnull": True}) | Q(**{f"{then}__isnull": True}) | Q(**{f"{first}__lte": F(then)})
