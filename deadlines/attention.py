"""Time limits that have passed, and a calendar that runs out: for the front page of the admin site."""

from datetime import date, datetime

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from core import attention
from core.attention import Item
from deadlines.models import CalendarYear, Clock

REACH = 400  # days ahead that must be known: six months of a review, and time to enter the next year


def clocks(now: datetime) -> list[Item]:
    """Counts only: which case is late, the board says to those who may see it."""
    today = timezone.localdate(now)
    items = []
    if late := Clock.objects.main().running().overdue_on(today).count():
        noun = "time limit is" if late == 1 else "time limits are"
        items.append(Item(f"{late} {noun} overdue.", reverse("admin:deadlines_clock_changelist"), urgent=True))
    last_year = CalendarYear.objects.aggregate(last=Max("year"))["last"]
    known = (date(last_year, 12, 31) - today).days if last_year else 0
    if known < REACH:
        sentence = f"Bank holidays are known until the end of {last_year}. Enter the next year's."
        items.append(Item(sentence, reverse("admin:deadlines_calendaryear_changelist"), urgent=known < REACH // 2))
    return items


def register() -> None:
    attention.register("Time limits", clocks)
