"""The calendar as it stands in the database. Read at every count, never kept by a process: holidays come late."""

from django.db import connection

from deadlines.models.holidays import BankHoliday, CalendarYear
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar

__all__ = ["CalendarDoesNotReach", "WorkingCalendar", "change", "current", "hold"]

_LOCK = 7_319_001  # any number that no other advisory lock of this database uses


def current() -> WorkingCalendar:
    """The known bank holidays: the unbroken run of known years up to the latest one. Two queries."""
    years = set(CalendarYear.objects.values_list("year", flat=True))
    if not years:
        raise CalendarDoesNotReach("No bank holidays are known. Run manage.py load_bank_holidays first.")
    first = last = max(years)
    while first - 1 in years:
        first -= 1
    return WorkingCalendar(dict(BankHoliday.objects.values_list("date", "title")), first, last)


def hold() -> WorkingCalendar:
    """The calendar, kept as it is until this transaction ends: nobody proclaims a holiday between count and commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK])
    return current()


def change() -> None:
    """Wait until nobody counts, and let nobody count until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
