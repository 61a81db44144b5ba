"""What a case's walls and doors ask of one person, for their home page. A fixed number of queries."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.urls import reverse

from core.needs import Need
from panel.permissions import Permission, can
from referrals import permissions
from referrals.models import ConflictOfInterest, EmergencyAccess, Referral
from referrals.people import without_deputy
from referrals.questions import is_asked, open_involvements
from referrals.states import CLOSED, ConflictStatus, EmergencyStatus

EXPIRY_SHOWN = timedelta(days=7)  # how long before a wall falls by its date its leaders are told


def needs(user: Any, today: date) -> list[Need]:
    """Questions to answer, rulings to make, emergency accesses to review, walls about to run out."""
    return [*_questions(user, today), *_to_rule(user, today), *_running_out(user, today), *_nobody_acts(user, today)]


def _questions(user: Any, today: date) -> list[Need]:
    if not is_asked(user, today):
        return []
    visible = Referral.objects.visible_to(user, on=today).values("pk")
    asked = open_involvements(user).filter(referral__in=visible).select_related("referral", "agency")
    found = []
    asked = asked.order_by("referral__recorded_at", "referral", "agency__name")
    for case, rows in groupby(asked, lambda involved: involved.referral):
        names = ", ".join(row.agency.short_name for row in rows)
        what = f"Say whether anything about {names} makes a conflict of interest for you"
        url = reverse("referrals:conflict-answer", args=[case.reference])
        found.append(Need(what=what, url=url, about=case.reference, note="Joined the case after it was recorded."))
    return found


def _to_rule(user: Any, today: date) -> list[Need]:
    if not can(user, Permission.RULE_CONFLICT, on=today):
        return []
    declared = ConflictOfInterest.objects.filter(status=ConflictStatus.DECLARED)
    opened = EmergencyAccess.objects.filter(status=EmergencyStatus.OPENED)
    waiting = Referral.objects.visible_to(user, on=today).filter(pk__in=_cases(declared) | _cases(opened))
    cases = waiting.order_by("recorded_at").prefetch_related("conflicts", "emergency_accesses", "invitations")
    candidates = permissions.rulers(today)
    found = []
    for case in cases:
        if permissions.ruler(case, on=today, among=candidates) == user:
            rulings = [c.pk for c in case.conflicts.all() if c.is_declared]
            reviews = [a.pk for a in case.emergency_accesses.all() if a.awaits_review]
            found += [_need("Rule on a declared conflict of interest", "conflict-rule", case, pk) for pk in rulings]
            found += [_need("Review an emergency access", "emergency-review", case, pk) for pk in reviews]
    return found


def _cases(rows: Any) -> set[int]:
    return set(rows.values_list("referral_id", flat=True))


def _need(what: str, page: str, case: Referral, pk: int, **more: Any) -> Need:
    return Need(what=what, url=reverse(f"referrals:{page}", args=[case.reference, pk]), about=case.reference, **more)


def _running_out(user: Any, today: date) -> list[Need]:
    """Beforehand, so that somebody asks whether the wall should stay."""
    if not can(user, Permission.MANAGE_ACCESS, on=today):
        return []
    soon = ConflictOfInterest.objects.visible_to(user, on=today).running_on(today)
    soon = soon.filter(until_on__lte=today + EXPIRY_SHOWN).select_related("referral").order_by("until_on", "pk")
    return [
        Need(
            what="A conflict of interest runs out: see whether it should",
            url=reverse("referrals:referral-access", args=[conflict.referral.reference]),
            about=conflict.referral.reference,
            due=conflict.until_on,
            note="The day after, the member sees the case again.",
        )
        for conflict in soon
    ]


def _nobody_acts(user: Any, today: date) -> list[Need]:
    """Cases in which a walled member's named deputy is walled off too."""
    if not can(user, Permission.MANAGE_ACCESS, on=today):
        return []
    running = ConflictOfInterest.objects.visible_to(user, on=today).running_on(today)
    running = without_deputy(running.exclude(referral__status__in=CLOSED), today)
    references = running.order_by("referral__reference").values_list("referral__reference", flat=True).distinct()
    return [
        Need(
            what="Find somebody to act for a member: their named deputy has a conflict of interest too",
            url=reverse("referrals:referral-access", args=[reference]),
            about=reference,
        )
        for reference in references
    ]
