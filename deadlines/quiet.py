"""Quiet hours: no mail at night, on a weekend or a bank holiday unless the deadline forces it.

settings.MAIL_HOURS is "08:00-18:00" (Europe/London) or "always". Decided so:
- ordinary mail goes in these hours on working days, else at the next opening;
- urgent mail (the clock runs out today) goes today, whatever day it is: from the opening hour on, also in the evening;
- a clock that is already late is not urgent: a night's sleep costs nothing more.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from deadlines import calendar as stored
from deadlines.working_days import SATURDAY, CalendarDoesNotReach, WorkingCalendar


def hours() -> tuple[time, time] | None:
    """Opening and closing time, or None where mail goes at any time."""
    words = settings.MAIL_HOURS.strip().lower()
    if words == "always":
        return None
    opens, closes = words.split("-")
    return time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip())


def send_at(now: datetime, *, urgent: bool = False, calendar: WorkingCalendar | None = None) -> datetime:
    """`now` (aware), or the next minute at which mail may go. Reads the calendar unless given."""
    open_hours = hours()
    if open_hours is None:
        return now
    opens, closes = open_hours
    local = timezone.localtime(now)
    opening = timezone.make_aware(datetime.combine(local.date(), opens))
    if urgent:
        return max(now, opening)
    calendar = calendar or _current()
    if _is_working_day(local, calendar) and local.time() < closes:
        return max(now, opening)
    day = local.date() + timedelta(days=1)
    while not _is_working_day(datetime.combine(day, opens), calendar):
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, opens))


def is_open(now: datetime, *, urgent: bool = False, calendar: WorkingCalendar | None = None) -> bool:
    return send_at(now, urgent=urgent, calendar=calendar) <= now


def is_working_day(day: date) -> bool:
    """Whether ordinary mail may go on `day` at all. Reads the calendar."""
    return _is_working_day(datetime.combine(day, time(12)), _current())


def _current() -> WorkingCalendar | None:
    try:
        return stored.current()
    except CalendarDoesNotReach:
        return None


def _is_working_day(moment: datetime, calendar: WorkingCalendar | None) -> bool:
    """Past the known years only weekends are left out: a mail too many beats none at all."""
    day = moment.date()
    if calendar is not None and calendar.knows(day):
        return calendar.is_working_day(day)
    return day.weekday() < SATURDAY
