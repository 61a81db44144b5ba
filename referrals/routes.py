"""How often something was not a referral, by the right route: turned away before the form, or redirected after it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count

from referrals.choices import Decision, Route
from referrals.models import MisdirectedEnquiry, Screening


@dataclass(frozen=True)
class Counted:
    """One route: `turned_away` saw it named before writing anything; `redirected` were recorded and screened."""

    route: Route
    turned_away: int
    redirected: int

    @property
    def together(self) -> int:
        return self.turned_away + self.redirected


def counts(user: Any, *, today: date) -> list[Counted]:
    """The last twelve months, in the order of the list; of recorded ones those that `user` sees. Two queries."""
    since = today - relativedelta(years=1)
    enquiries = MisdirectedEnquiry.objects.filter(made_at__date__gte=since)
    screenings = Screening.objects.visible_to(user, on=today).filter(
        decision=Decision.REDIRECT, screened_at__date__gte=since
    )
    before, after = (
        dict(rows.order_by().values_list("route").annotate(Count("pk"))) for rows in (enquiries, screenings)
    )
    return [Counted(route, before.get(route, 0), after.get(route, 0)) for route in Route]
