"""Rules, the calendar, clocks and the ledger of reminders."""

from deadlines.models.clocks import Clock, ClockRevision, Reminder
from deadlines.models.holidays import BankHoliday, CalendarYear
from deadlines.models.rules import LadderStep, Rule

__all__ = ["BankHoliday", "CalendarYear", "Clock", "ClockRevision", "LadderStep", "Reminder", "Rule"]
