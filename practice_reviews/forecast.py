"""When a review will be done, told from its milestones. Pure: the day is an argument.

A milestone that was done late, or is expected late, moves all that follow by as many days; being early moves nothing.
What is overdue is expected today at the earliest. A day set by hand counts as it is, and carries on from there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from practice_reviews.models import Milestone, PracticeReview

DONE, DONE_LATE, OVERDUE, NEXT, AHEAD = "done", "done-late", "overdue", "next", "ahead"
WORDS = {DONE: "Done", DONE_LATE: "Done late", OVERDUE: "Overdue", NEXT: "Next", AHEAD: "To come"}
MONTHS = 6  # of a local child safeguarding practice review (Working Together); the clock has the day itself


@dataclass(frozen=True)
class Mark:
    """One milestone on the line: `shape` is a CSS class, `state` says the same in words."""

    milestone: Milestone
    forecast_on: date
    shape: str

    @property
    def state(self) -> str:
        return WORDS[self.shape]

    @property
    def slip(self) -> int:
        """Calendar days after the planned day; 0 where it is in time."""
        return max(0, (self.forecast_on - self.milestone.due_on).days)


def marks(milestones: Sequence[Milestone], today: date) -> list[Mark]:
    """The milestones in order of their planned days, each with its forecast."""
    found, slip, next_seen = [], timedelta(0), False
    for one in sorted(milestones, key=lambda m: (m.due_on, m.pk or 0)):
        day = _expected(one, slip, today)
        slip = max(timedelta(0), day - one.due_on)
        if one.done_on is not None:
            shape = DONE_LATE if one.done_on > one.due_on else DONE
        elif one.due_on < today:
            shape = OVERDUE
        else:
            shape, next_seen = (AHEAD, True) if next_seen else (NEXT, True)
        found.append(Mark(one, day, shape))
    return found


def _expected(one: Milestone, slip: timedelta, today: date) -> date:
    if one.done_on is not None:
        return one.done_on
    return max(one.expected_on or one.due_on + slip, today)


@dataclass(frozen=True)
class Progress:
    """What the line of a review says on one day."""

    month: int  # the month that is running: 1 in the first
    months: int  # of how many
    marks: list[Mark]
    forecast_on: date | None
    due_on: date | None

    @property
    def is_forecast_late(self) -> bool:
        return self.forecast_on is not None and self.due_on is not None and self.forecast_on > self.due_on

    @property
    def next(self) -> Mark | None:
        """The first one that is not done."""
        return next((mark for mark in self.marks if mark.milestone.done_on is None), None)

    @property
    def month_text(self) -> str:
        """ "month 4 of 6", or "month 8, 2 more than the 6"."""
        over = self.month - self.months
        return f"month {self.month} of {self.months}" if over <= 0 else f"month {self.month}, past the {self.months}"

    @property
    def segments(self) -> list[str]:
        """One for each month of the line: "past", "now", "ahead", or "over" beyond the last."""
        names = []
        for number in range(1, max(self.months, self.month) + 1):
            state = "past" if number < self.month else "now" if number == self.month else "ahead"
            names.append("over" if number > self.months else state)
        return names


def progress(review: PracticeReview, milestones: Sequence[Milestone], today: date) -> Progress:
    """How `review` stands on `today`; a review that has ended stands still on its last day."""
    last = review.signed_off_on or review.stopped_on or today
    lines = marks(milestones, last)
    forecast = max((mark.forecast_on for mark in lines), default=None)
    months = MONTHS if review.clock_id else _whole_months(review.decided_on, review.due_on)
    return Progress(month_of(review.decided_on, last), months, lines, forecast, review.due_on)


def month_of(start: date, day: date) -> int:
    """The number of the month that runs on `day`, 1 in the first. The day-number itself ends a month."""
    gone = relativedelta(max(day, start) - timedelta(days=1), start) if day > start else relativedelta()
    return gone.years * 12 + gone.months + 1


def _whole_months(start: date, end: date | None) -> int:
    return month_of(start, end) if end is not None and end > start else 1
