"""Dates of the demonstration, all counted from the day on which it is built, in working days."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from deadlines.working_days import WorkingCalendar

RAPID_REVIEW = 15  # working days


@dataclass(frozen=True)
class Days:
    """`now` is the moment of building; nothing is ever dated after it."""

    now: datetime
    calendar: WorkingCalendar

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def ago(self, days: int) -> date:
        """The day `days` working days before today; today for 0."""
        return self.calendar.back(self.today, days) if days else self.today

    def ahead(self, days: int) -> date:
        return self.calendar.forward(self.today, days)

    def after(self, day: date, days: int) -> date:
        """`days` working days after `day`, but never in the future."""
        return min(self.calendar.forward(day, days), self.today)

    def notified_for_review_due_in(self, days: int) -> date:
        """When a notification was sent whose rapid review is due in `days` working days; below 0: was due then."""
        due = self.ahead(days) if days > 0 else self.ago(-days)
        return self.calendar.back(due, RAPID_REVIEW)

    def at(self, day: date, hour: int = 10) -> datetime:
        """That hour of that day in Europe/London, or now, whichever is earlier."""
        return min(timezone.make_aware(datetime.combine(day, time(hour))), self.now)
