"""When the Executive Group meets: its own meetings among the Panel's, and the days entered in the admin site."""

from datetime import date

from dateutil.relativedelta import relativedelta

from highlight_reports.models import ExecutiveMeeting
from panel.choices import MeetingKind
from panel.models import PanelMeeting


def meeting_days(first: date, last: date) -> list[date]:
    """The days from `first` to `last`, both included, in their order."""
    planned = PanelMeeting.objects.planned().filter(kind=MeetingKind.EXECUTIVE, on__range=(first, last))
    entered = ExecutiveMeeting.objects.between(first, last)
    return sorted({*planned.values_list("on", flat=True), *entered.values_list("on", flat=True)})


def next_meeting_day(today: date) -> date | None:
    """The next one from `today` on, within a year."""
    return next(iter(meeting_days(today, today + relativedelta(years=1))), None)
