"""What others changed since somebody last looked at their home page: counts by case, behind the walls.

In the order of the law: the case whose statutory limit ends first stands first, what has no running limit comes last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.urls import reverse

from actions.models import Action
from audit.models import Event
from audit.sentences import READ
from deadlines.choices import Limit
from deadlines.models import Clock
from panel.permissions import Permission, can
from referrals.models import Referral
from referrals.people import led_by

SHOWN = 10  # cases; the rest are counted


@dataclass(frozen=True)
class Changed:
    """One case (or action of no case) in which something changed: how often, when last, and its next limit."""

    reference: str
    url: str
    number: int
    last_at: datetime
    due_on: date | None = None
    is_mine: bool = False


@dataclass(frozen=True)
class Since:
    """Everything since `at`."""

    at: datetime
    changed: Sequence[Changed]

    @property
    def shown(self) -> Sequence[Changed]:
        return self.changed[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.changed) - len(self.shown)

    @property
    def total(self) -> int:
        return sum(one.number for one in self.changed)


def since(user: Any, at: datetime, *, today: date) -> Since:
    """What others, and the system, changed after `at` in what `user` sees. Four queries, however much."""
    counts = _counts(user, at)
    rows = [*_cases(user, counts, today), *_actions(user, counts, today)]
    rows.sort(key=lambda one: (not one.is_mine, one.due_on is None, one.due_on or today, -one.last_at.timestamp()))
    return Since(at, rows)


def _counts(user: Any, at: datetime) -> dict[str, tuple[int, datetime]]:
    others = Q(actor__isnull=True) | ~Q(actor=user)  # the system is another too
    events = Event.objects.filter(at__gt=at).exclude(reference="").exclude(verb=READ).filter(others)
    rows = events.order_by().values("reference").annotate(number=Count("pk"), last=Max("at"))
    return {row["reference"]: (row["number"], row["last"]) for row in rows}


def _cases(user: Any, counts: dict[str, tuple[int, datetime]], today: date) -> list[Changed]:
    running = Clock.objects.running().main().filter(limit=Limit.BY, label=OuterRef("reference")).order_by()
    first = running.values("label").annotate(first=Min("due_on")).values("first")
    visible = Referral.objects.visible_to(user, on=today).recorded().filter(reference__in=list(counts))
    led = set(Referral.objects.filter(led_by(user, today), reference__in=list(counts)).values_list("pk", flat=True))
    return [
        Changed(case.reference, case.get_absolute_url(), *counts[case.reference], case.next_due, case.pk in led)
        for case in visible.annotate(next_due=Subquery(first)).order_by("pk")
    ]


def _actions(user: Any, counts: dict[str, tuple[int, datetime]], today: date) -> list[Changed]:
    """Those of no case; the others count with their case."""
    if not can(user, Permission.SEE_CASES, on=today):
        return []
    rows = Action.objects.visible_to(user, on=today).filter(referral__isnull=True, reference__in=list(counts))
    return [
        Changed(row.reference, reverse("actions:action", args=[row.reference]), *counts[row.reference])
        for row in rows.order_by("pk")
    ]
