"""The arithmetic against written-out dates (trap 1) and its refusals."""

from datetime import date, timedelta

import pytest

from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar

CHRISTMAS = date(2026, 12, 25)
SMALL = WorkingCalendar({CHRISTMAS: "Christmas Day", date(2026, 12, 28): "Boxing Day (substitute day)"}, 2026, 2026)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-12-24", ""),  # Christmas Eve is a working day
        ("2026-12-25", "Christmas Day"),
        ("2026-12-28", "Boxing Day (substitute day)"),
        ("2026-12-26", "Saturday"),
        ("2026-12-27", "Sunday"),
    ],
)
def test_a_day_says_why_it_is_no_working_day(day, why):
    assert SMALL.why_not(date.fromisoformat(day)) == why
    assert SMALL.is_working_day(date.fromisoformat(day)) is (why == "")


@pytest.mark.parametrize(
    ("trigger", "length", "due"),
    [
        ("2026-11-02", 1, "2026-11-03"),  # Monday
        ("2026-11-06", 1, "2026-11-09"),  # Friday: the weekend is left out
        ("2026-11-07", 1, "2026-11-09"),  # a trigger on a Saturday needs no special case
        ("2026-12-24", 1, "2026-12-29"),
        ("2026-12-25", 1, "2026-12-29"),  # nor one on a bank holiday
        ("2025-12-31", 1, "2026-01-01"),  # the trigger itself may lie outside: it is not counted
        ("2026-12-30", 1, "2026-12-31"),
    ],
)
def test_forward(trigger, length, due):
    assert SMALL.forward(date.fromisoformat(trigger), length) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("trigger", "length", "due"),
    [
        ("2026-11-09", 1, "2026-11-06"),
        ("2026-12-29", 1, "2026-12-24"),
        ("2027-01-01", 1, "2026-12-31"),
    ],
)
def test_back(trigger, length, due):
    assert SMALL.back(date.fromisoformat(trigger), length) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("way", "trigger", "length", "missing"),
    [
        ("forward", "2026-12-31", 1, 2027),
        ("forward", "2026-12-29", 3, 2027),
        ("forward", "2025-12-30", 1, 2025),  # the 31st would be counted and is not known
        ("forward", "2030-01-02", 1, 2030),
        ("back", "2026-01-02", 2, 2025),
        ("back", "2026-01-01", 1, 2025),
        ("back", "2027-01-02", 1, 2027),
        ("back", "2024-01-02", 1, 2025),
    ],
)
def test_a_count_that_leaves_the_known_years_is_refused(way, trigger, length, missing):
    with pytest.raises(CalendarDoesNotReach, match=f"runs from 2026 to 2026, .* Add the bank holidays of {missing}"):
        getattr(SMALL, way)(date.fromisoformat(trigger), length)


def test_a_day_outside_is_refused_even_on_a_weekend():
    with pytest.raises(CalendarDoesNotReach):
        SMALL.is_working_day(date(2027, 1, 2))


@pytest.mark.parametrize("length", [0, -1])
def test_no_days_at_all_is_a_programming_error(length):
    with pytest.raises(ValueError, match="1 or more"):
        SMALL.forward(CHRISTMAS, length)


def test_between_counts_after_the_first_up_to_the_last():
    assert SMALL.between(date(2026, 11, 2), date(2026, 11, 2)) == 0
    assert SMALL.between(date(2026, 11, 2), date(2026, 11, 9)) == 5
    assert SMALL.between(date(2026, 11, 9), date(2026, 11, 2)) == 0


def test_clear_days_count_neither_end():
    published = date(2026, 11, 16)  # a Monday
    assert SMALL.clear_days(SMALL.back(published, 7), published) == 6
    assert SMALL.clear_days(SMALL.back(published, 8), published) == 7


def test_excluded_days_lengthen_a_wait_and_never_shorten_it():
    """Trap 2."""
    for start in (date(2026, 1, 1) + timedelta(days=n) for n in range(300)):
        assert SMALL.forward(start, 5) >= start + timedelta(days=5)
        with_holiday = WorkingCalendar({**SMALL.holidays, start + timedelta(days=3): "Proclaimed"}, 2026, 2026)
        assert with_holiday.forward(start, 5) >= SMALL.forward(start, 5)
