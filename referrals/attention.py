"""What waits for somebody at the walls of the cases: for the front page of the admin site."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core import attention
from core.attention import Item
from referrals import permissions
from referrals.models import ConflictOfInterest, EmergencyAccess, Referral
from referrals.people import without_deputy
from referrals.states import CLOSED, ConflictStatus, EmergencyStatus


def walls(now: datetime, user: Any = None) -> list[Item]:
    """Emergency accesses nobody has reviewed and declarations nobody has ruled on, in the cases that `user` sees."""
    if user is None:
        return []
    today = timezone.localdate(now)
    items = [
        _item("The case was opened in an emergency", access.referral, today, urgent=True)
        for access in EmergencyAccess.objects.visible_to(user, on=today)
        .filter(status=EmergencyStatus.OPENED)
        .select_related("referral")
    ]
    declared = ConflictOfInterest.objects.visible_to(user, on=today).filter(status=ConflictStatus.DECLARED)
    items += [
        _item("A conflict of interest was declared", one.referral, today) for one in declared.select_related("referral")
    ]
    running = ConflictOfInterest.objects.visible_to(user, on=today).running_on(today)
    alone = without_deputy(running.exclude(referral__status__in=CLOSED), today)
    return items + [_alone(case) for case in Referral.objects.filter(conflicts__in=alone).distinct().order_by("pk")]


def _alone(referral: Referral) -> Item:
    what = "nobody acts for a member, whose named deputy has a conflict of interest too"
    return Item(f"{referral.reference}: {what}.", reverse("referrals:referral-access", args=[referral.reference]))


def _item(what: str, referral: Referral, today: date, *, urgent: bool = False) -> Item:
    who = permissions.ruler(referral, on=today)
    waits = f"waits for {who}" if who else "nobody may rule: chair and deputy chair have a conflict in it"
    url = reverse("referrals:referral-access", args=[referral.reference])
    return Item(f"{referral.reference}: {what[0].lower()}{what[1:]}; {waits}.", url, urgent=urgent)


def register() -> None:
    attention.register_personal("Walls", walls)
