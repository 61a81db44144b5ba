"""The statutory board: every running clock of the cases that somebody may see, each with whose move it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from deadlines.choices import Limit
from deadlines.models import Clock
from deadlines.working_days import WorkingCalendar
from rapid_reviews.models import RapidReview
from referrals.models import Referral

SOON = 5  # working days


@dataclass(frozen=True)
class Line:
    """One running clock. `days` is working days: to the due date, or since it when `late`."""

    clock: Clock
    referral: Referral
    late: bool
    days: int

    @property
    def review(self) -> RapidReview | None:
        """The rapid review, where this is its clock."""
        review: RapidReview | None = getattr(self.referral, "rapid_review", None)
        return review if review is not None and review.clock_id == self.clock.pk else None

    @property
    def whose_move(self) -> str:
        return self.review.whose_move if self.review else self.clock.rule.who

    @property
    def milestone(self) -> Clock | None:
        """The next local milestone inside this clock that is not reached."""
        return next(iter(self.clock.open_milestones), None)

    @property
    def is_soon(self) -> bool:
        return not self.late and self.clock.limit == Limit.BY and self.days <= SOON

    @property
    def standing(self) -> str:
        """How it stands, in words: "3 working days late", "due today", "5 working days left", "expected"."""
        if self.late:
            return f"{_days(self.days)} late" if self.days else "late"
        if self.clock.limit == Limit.EXPECTED:
            return "expected from others"
        if self.clock.limit == Limit.UNTIL:
            return "runs until that day"
        return f"{_days(self.days)} left" if self.days else "due today"


def _days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"


def lines_for(user: Any, *, today: date, calendar: WorkingCalendar) -> list[Line]:
    """The running clocks of the cases that `user` may see, in the order of the board. Three queries."""
    visible = Referral.objects.visible_to(user, on=today).recorded()
    open_milestones = Clock.objects.running().milestones().select_related("rule").order_by("due_on", "pk")
    clocks = list(
        Clock.objects.running()
        .main()
        .filter(label__in=visible.values("reference"))
        .select_related("rule")
        .prefetch_related(Prefetch("milestone_clocks", queryset=open_milestones, to_attr="open_milestones"))
    )
    labels = {clock.label for clock in clocks}
    cases = {c.reference: c for c in visible.filter(reference__in=labels).select_related("lead", "rapid_review")}
    lines = [
        _line(clock, cases[clock.label], today=today, calendar=calendar) for clock in clocks if clock.label in cases
    ]
    return sorted(lines, key=_order)


def _order(line: Line) -> tuple[bool, bool, date, str, int]:
    """Late first, then our own duties by date, then what is expected from others."""
    return (not line.late, line.clock.limit != Limit.BY, line.clock.due_on, line.clock.label, line.clock.pk)


def _line(clock: Clock, referral: Referral, *, today: date, calendar: WorkingCalendar) -> Line:
    late = clock.is_overdue_on(today)
    days = clock.days_late_on(today, calendar) if late else calendar.between(today, clock.due_on)
    return Line(clock, referral, late, days)


@dataclass(frozen=True)
class Filters:
    """What the board shows: a choice of `show` and the code of a time limit; empty for all."""

    show: str = ""
    rule: str = ""

    def apply(self, lines: Iterable[Line]) -> list[Line]:
        chosen = {"late": lambda line: line.late, "soon": lambda line: line.is_soon}.get(self.show, lambda line: True)
        return [line for line in lines if chosen(line) and self.rule in ("", line.clock.code)]


def rules_of(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Code and title of each time limit on the board, by title: the choices of the filter."""
    return sorted({line.clock.code: line.clock.rule.title for line in lines}.items(), key=lambda pair: pair[1])
