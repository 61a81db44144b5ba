"""Another person's lists, counts, board and cases, from the same querysets as their own pages. Nothing is changed.

Who looks never sees more by it: a case that is closed to them stays closed, whoever's eyes they borrow.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core import needs
from core.needs import Need
from core.walls import closed_to
from deadlines import calendar
from deadlines.working_days import CalendarDoesNotReach
from overview.board import Line, lines_for
from overview.forecast import Forecast, outlook
from overview.search.finding import Results, search
from panel.models import User
from panel.permissions import Permission, can
from referrals.models import Referral, ReferralQuerySet
from referrals.states import Status


@dataclass(frozen=True)
class Sight:
    """What `person` sees on the day `today`, as far as `viewer` may see it too."""

    person: User
    viewer: User
    today: date

    @cached_property
    def closed(self) -> frozenset[str]:
        """The references of cases that the viewer must not see, even here."""
        return closed_to(self.viewer)

    @property
    def cases(self) -> ReferralQuerySet:
        mine = Referral.objects.visible_to(self.viewer, on=self.today).values("pk")
        found = Referral.objects.visible_to(self.person, on=self.today).recorded().filter(pk__in=mine)
        return found.select_related("lead").order_by("-recorded_at", "-pk")

    @cached_property
    def counts(self) -> list[tuple[str, int]]:
        """How many cases at each status, and in all."""
        statuses = list(self.cases.values_list("status", flat=True))
        per_status = [(label, statuses.count(value)) for value, label in Status.choices if value in statuses]
        return [("All cases", len(statuses)), *per_status]

    @cached_property
    def board(self) -> list[Line]:
        if not can(self.person, Permission.SEE_BOARD, on=self.today):
            return []
        lines = lines_for(self.person, today=self.today, calendar=calendar.current())
        return [line for line in lines if line.referral.reference not in self.closed]

    @cached_property
    def forecast(self) -> list[Forecast]:
        """What will be late, reckoned without what is closed to the viewer."""
        if not can(self.person, Permission.SEE_BOARD, on=self.today):
            return []
        try:
            return outlook(self.person, today=self.today, calendar=calendar.current(), without=self.closed).late
        except CalendarDoesNotReach:
            return []

    def search(self, words: str) -> Results:
        """What the person finds. Those who may look through others' eyes see names themselves."""
        return search(self.person, words, on=self.today, without=self.closed)

    @cached_property
    def needs(self) -> list[Need]:
        """Only what is about one case that the viewer sees too: the rest may count cases that are closed to them.

        For every viewer alike, or what is left out would tell that something is closed.
        """
        seen = set(self.cases.values_list("reference", flat=True))
        return [need for need in needs.collect(self.person, self.today) if need.about in seen]

    def has(self, reference: str) -> bool:
        """Whether a case of that reference exists for the person."""
        return self.cases.filter(reference__iexact=reference.strip()).exists()
