"""Which cases are closed to a person, for lists of lower floors that know a case by its reference only."""

from typing import Any

from django.utils import timezone

from referrals.models import ConflictOfInterest


def closed_references(user: Any) -> list[str]:
    """The references of the cases that a conflict of interest closes to `user` today."""
    running = ConflictOfInterest.objects.filter(ConflictOfInterest.running(timezone.localdate()), member=user)
    return list(running.values_list("referral__reference", flat=True))
