"""Whether the Panel meets in time for a rapid review, and if not on which days it still could (reads only).

The milestone `rr-meeting` is a window of working days inside the fifteen (local practice, to be confirmed): from its
rule's earliest day to its due day. The terms of reference (section 3) let dates change so that time scales are met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch

from deadlines import calendar as stored
from deadlines.models import Clock
from deadlines.working_days import WorkingCalendar
from panel.choices import MeetingStatus
from panel.models import PanelMeeting
from rapid_reviews.models import RapidReview
from rapid_reviews.states import BEFORE_RECOMMENDATION
from rapid_reviews.workflow.milestones import MEETING

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """The days in which the Panel should meet for one review; `meeting` is one planned in them."""

    first: date
    last: date
    meeting: PanelMeeting | None
    following: PanelMeeting | None  # the next one planned after today, whenever it is
    days: tuple[date, ...]  # working days on which a meeting would keep the date
    is_past: bool  # the window itself has passed: the days lie between it and the statutory date

    @property
    def is_kept(self) -> bool:
        return self.meeting is not None


def first_day(milestone: Clock, calendar: WorkingCalendar) -> date:
    """The window's first day: the rule's earliest working day after the trigger, or the due day itself."""
    earliest = milestone.rule.earliest
    return calendar.forward(milestone.trigger_on, earliest) if earliest else milestone.due_on


def working_days(calendar: WorkingCalendar, first: date, last: date) -> tuple[date, ...]:
    days = (first + ONE_DAY * number for number in range((last - first).days + 1))
    return tuple(day for day in days if calendar.is_working_day(day))


def is_awaited(review: RapidReview, milestone: Clock) -> bool:
    """Whether a meeting is still wanted: the Panel has not recommended, and nothing is circulated."""
    return milestone.is_running and review.status in BEFORE_RECOMMENDATION


def window_from(
    review: RapidReview, milestone: Clock, meetings: Sequence[PanelMeeting], *, on: date, calendar: WorkingCalendar
) -> Window:
    """The window of one review. `meetings`: those not cancelled, from the window's first day on, in order."""
    first, last = first_day(milestone, calendar), milestone.due_on
    is_past = on > last
    days = working_days(calendar, max(first, on), last)
    if not days:  # the window has passed: what is left before the statutory date
        days = working_days(calendar, on, review.clock.due_on)
        last = max(last, review.clock.due_on)
    return Window(
        first=first,
        last=last,
        meeting=next((meeting for meeting in meetings if first <= meeting.on <= last), None),
        following=next((m for m in meetings if m.on > max(on, last) and m.status == MeetingStatus.PLANNED), None),
        days=days,
        is_past=is_past,
    )


def meetings_from(day: date) -> list[PanelMeeting]:
    """The meetings on `day` and later that were not cancelled, in order."""
    return list(
        PanelMeeting.objects.of_panel().filter(on__gte=day).exclude(status=MeetingStatus.CANCELLED).order_by("on", "at")
    )


def window_of(review: RapidReview, milestones: Sequence[Clock], *, on: date) -> Window | None:
    """The same for a page: `milestones` with their rules selected. The calendar and one query, where one is awaited."""
    milestone = next((clock for clock in milestones if clock.code == MEETING), None)
    if milestone is None or not is_awaited(review, milestone):
        return None
    meetings = meetings_from(review.clock.trigger_on)
    return window_from(review, milestone, meetings, on=on, calendar=stored.current())


def unmet(user: Any, *, on: date, calendar: WorkingCalendar) -> list[tuple[RapidReview, Window]]:
    """The reviews that `user` sees for which the Panel does not meet in time. Three queries."""
    reviews = RapidReview.objects.visible_to(user, on=on).filter(status__in=BEFORE_RECOMMENDATION)
    milestones = Clock.objects.running().filter(code=MEETING).select_related("rule")
    rows = reviews.select_related("referral", "clock").prefetch_related(
        Prefetch("clock__milestone_clocks", milestones, to_attr="meeting_clocks")
    )
    found = []
    meetings = meetings_from(min((row.clock.trigger_on for row in rows), default=on))
    for row in rows:
        for milestone in row.clock.meeting_clocks:
            window = window_from(row, milestone, meetings, on=on, calendar=calendar)
            if not window.is_kept:
                found.append((row, window))
    return found
