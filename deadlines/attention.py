"""What the business manager should mend about the clocks: for the front page of the admin site."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core import attention
from core.attention import Item
from core.walls import closed_to
from deadlines import calendar as stored
from deadlines import quiet
from deadlines.choices import ReminderState
from deadlines.models import ClockRevision, Reminder, Rule
from deadlines.working_days import CalendarDoesNotReach

LAST_CALL = 60  # working days before the known years end


def clocks(now: datetime, user: Any = None) -> list[Item]:
    """Reminders that nobody sends, moved dates that nobody was told of, a calendar that ends, rules to confirm."""
    items = _calendar(now)
    closed = closed_to(user)
    waiting = Reminder.objects.filter(state=ReminderState.WAITING).exclude(clock__label__in=closed).count()
    if waiting and quiet.is_open(now):
        where = reverse("admin:deadlines_reminder_changelist") + "?state__exact=waiting"
        items.append(Item(f"{waiting} reminders wait although mail may go: the log says why.", where, urgent=True))
    untold = ClockRevision.objects.filter(told_at=None).exclude(clock__label__in=closed).count()
    if untold:
        where = reverse("admin:deadlines_clock_changelist")
        items.append(Item(f"{untold} dates moved and nobody was told yet: the log says why.", where, urgent=True))
    unsure = Rule.objects.open_ended().filter(status="to-be-confirmed").count()
    if unsure:
        where = reverse("admin:deadlines_rule_changelist") + "?status__exact=to-be-confirmed"
        items.append(Item(f"{unsure} time limits are to be confirmed against the guidance.", where))
    return items


def _calendar(now: datetime) -> list[Item]:
    today, where = timezone.localdate(now), reverse("admin:deadlines_calendaryear_changelist")
    try:
        calendar = stored.current()
        left = calendar.between(today, calendar.ends)
    except CalendarDoesNotReach:
        return [Item("The bank holidays of this year are not entered: no date can be counted.", where, urgent=True)]
    if left >= LAST_CALL:
        return []
    return [Item(f"The known bank holidays end with {calendar.last}: add the next year’s.", where, urgent=True)]


def register() -> None:
    attention.register_personal("Time limits", clocks)
