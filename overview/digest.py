"""What the morning mail says: what needs one person, and for the chair, once a week, how the Panel's time limits stand.

Everything comes from the querysets of the pages, so that the mail tells nobody more than the pages do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from core import needs
from core.needs import Need
from deadlines import calendar, quiet
from deadlines.choices import Limit
from deadlines.working_days import CalendarDoesNotReach
from overview.board import Line, lines_for
from panel.roles import Role
from rapid_reviews.models import RapidReview
from referrals.models import Referral

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """How the statutory time limits stand, and what happened in the seven days before."""

    late: Sequence[Line]
    soon: Sequence[Line]
    recorded: Sequence[Referral]
    decided: Sequence[RapidReview]
    sent: Sequence[RapidReview]

    @property
    def items(self) -> int:
        return sum(map(len, (self.late, self.soon, self.recorded, self.decided, self.sent)))


@dataclass(frozen=True)
class Morning:
    """One person's morning of the day `today`."""

    person: Any
    today: date
    needs: Sequence[Need] = field(default_factory=tuple)
    week: Week | None = None

    @property
    def late(self) -> list[Need]:
        return [need for need in self.needs if need.late_on(self.today)]

    @property
    def due_today(self) -> list[Need]:
        return [need for need in self.needs if need.due == self.today]

    @property
    def later(self) -> list[Need]:
        return [need for need in self.needs if need.due is not None and need.due > self.today]

    @property
    def undated(self) -> list[Need]:
        return [need for need in self.needs if need.due is None]

    @property
    def items(self) -> int:
        """How many lines the mail has; without any there is no mail."""
        return len(self.needs) + (self.week.items if self.week else 0)


def morning_of(person: Any, *, today: date) -> Morning:
    """What the mail of `today`, a working day, tells `person`. The week stands in it once a week, for the chair."""
    wants_week = Role.CHAIR in person.roles_on(today) and is_first_of_week(today)
    week = week_of(person, today=today) if wants_week else None
    return Morning(person, today, needs.collect(person, today), week)


def week_of(person: Any, *, today: date) -> Week:
    """The time limits that are late or end within five working days, and the last seven days, as `person` sees them."""
    first, last = today - WEEK, today - timedelta(days=1)
    try:
        lines = lines_for(person, today=today, calendar=calendar.current())
    except CalendarDoesNotReach:  # the page of the bank holidays says so; the rest of the mail goes
        lines = []
    reviews = RapidReview.objects.visible_to(person).select_related("referral").order_by("referral__reference")
    return Week(
        late=[line for line in lines if line.late and line.clock.limit == Limit.BY],
        soon=[line for line in lines if line.is_soon],
        recorded=list(
            Referral.objects.visible_to(person, on=today)
            .recorded()
            .filter(recorded_at__date__range=(first, last))
            .order_by("reference")
        ),
        decided=list(reviews.filter(decided_on__range=(first, last))),
        sent=list(reviews.sent_between(first, last)),
    )


def is_first_of_week(day: date) -> bool:
    """Whether no working day of the same week (from Monday) comes before `day`."""
    monday = day - timedelta(days=day.weekday())
    return not any(quiet.is_working_day(monday + timedelta(days=n)) for n in range((day - monday).days))
