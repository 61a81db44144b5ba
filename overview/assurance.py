"""Assurance: of the duties that fell due in a period, the share that was met in time, and the reasons for the rest.

Judged by the day on which each was due, so that a case which is late and still open counts against its period. Counted
over the cases that the reader sees. For a wider circulation small numbers are held back (fewer than five: domain.md 7).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from dateutil.relativedelta import relativedelta

from deadlines.choices import Limit
from deadlines.models import Clock, Rule
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar
from panel.permissions import Permission, can
from referrals.models import Referral

SMALL = 5  # a share of fewer says more of single cases than of the duty
HELD_BACK = f"fewer than {SMALL}"
WITHHELD = "held back"


@dataclass(frozen=True)
class Period:
    """Whole days, both ends included."""

    first: date
    last: date


def usual_period(today: date) -> Period:
    """The twelve months that end today."""
    return Period(today - relativedelta(years=1) + relativedelta(days=1), today)


@dataclass(frozen=True)
class Late:
    """One that was, or is, late. The reason is for those who see names: people write as they speak."""

    reference: str
    url: str
    due_on: date
    done_on: date | None
    days: int | None
    reason: str
    told: str
    has_reason: bool


@dataclass(frozen=True)
class Duty:
    """One time limit in the period. `coming` fell due in it, but not yet; withdrawn ones count nowhere else."""

    rule: Rule
    in_time: int
    late: Sequence[Late]
    coming: int = 0
    withdrawn: int = 0

    @property
    def late_done(self) -> int:
        return sum(one.done_on is not None for one in self.late)

    @property
    def late_open(self) -> int:
        return len(self.late) - self.late_done

    @property
    def total(self) -> int:
        return self.in_time + len(self.late)

    @property
    def share(self) -> int | None:
        """Per cent in time, rounded down: 199 of 200 are not all. None where there are too few."""
        return self.in_time * 100 // self.total if self.total >= SMALL else None

    @property
    def share_words(self) -> str:
        return "too few for a share" if self.share is None else f"{self.share} %"

    @property
    def median_late(self) -> int | None:
        """Working days."""
        days = [one.days for one in self.late if one.days is not None]
        return round(median(days)) if days else None

    @property
    def wider(self) -> list[str]:
        """Total, in time, late and done, late and open, share: as they may leave the Executive's circle.

        Where one number is small, those from which it could be worked out are held back with it.
        """
        if 0 < self.total < SMALL:
            return [HELD_BACK, *[WITHHELD] * 4]
        parts = (self.in_time, self.late_done, self.late_open)
        if any(0 < part < SMALL for part in parts):
            shown = [HELD_BACK if 0 < part < SMALL else WITHHELD if part else "0" for part in parts]
            return [str(self.total), *shown, WITHHELD]
        return [str(self.total), *map(str, parts), self.share_words if self.total else "nothing due"]

    @property
    def whole(self) -> list[str]:
        """The same for the Panel and the Executive."""
        parts = (self.total, self.in_time, self.late_done, self.late_open)
        return [*map(str, parts), self.share_words if self.total else "nothing due"]


def duties(user: Any, period: Period, *, today: date, calendar: WorkingCalendar) -> list[Duty]:
    """Every statutory time limit that fell due in the period in a case that `user` sees. Two queries."""
    cases = {case.reference: case for case in Referral.objects.visible_to(user, on=today).recorded()}
    clocks = Clock.objects.main().filter(
        limit=Limit.BY, due_on__range=(period.first, period.last), label__in=list(cases)
    )
    by_code: dict[str, list[Clock]] = defaultdict(list)
    for clock in clocks.select_related("rule").order_by("due_on", "label", "pk"):
        by_code[clock.code].append(clock)
    names = can(user, Permission.SEE_NAMES, on=today)
    found = [_duty(rows, cases, today, calendar, names=names) for rows in by_code.values()]
    return sorted(found, key=lambda duty: duty.rule.title)


def _duty(
    rows: Sequence[Clock], cases: dict[str, Referral], today: date, calendar: WorkingCalendar, *, names: bool
) -> Duty:
    standing = [row for row in rows if row.withdrawn_on is None]
    late = [row for row in standing if row.was_late or row.is_overdue_on(today)]
    return Duty(
        rule=max((row.rule for row in rows), key=lambda rule: rule.effective_from),
        in_time=sum(row.completed_on is not None and not row.was_late for row in standing),
        late=[_late(row, cases[row.label], today, calendar, names=names) for row in late],
        coming=sum(row.is_running and not row.is_overdue_on(today) for row in standing),
        withdrawn=len(rows) - len(standing),
    )


def _late(row: Clock, case: Referral, today: date, calendar: WorkingCalendar, *, names: bool) -> Late:
    try:
        days = row.days_late_on(row.completed_on or today, calendar)
    except CalendarDoesNotReach:
        days = None
    return Late(
        reference=row.label, url=case.get_absolute_url(), due_on=row.due_on, done_on=row.completed_on, days=days,
        reason=row.late_reason if names else "", told=row.told if names else "", has_reason=bool(row.late_reason),
    )  # fmt: skip
