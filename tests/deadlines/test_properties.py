"""The arithmetic against an oracle that knows nothing of ours: numpy's business days."""

from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deadlines import published
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar

# How fast a machine draws examples is no property of ours.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

YEARS = (2012, 2028)
days = st.dates(date(2012, 1, 1), date(2028, 12, 31))
lengths = st.integers(1, 60)


@cache
def calendar():
    return WorkingCalendar(published.holidays(), *YEARS)


@cache
def holidays():
    return np.array(sorted(calendar().holidays), dtype="datetime64[D]")


def oracle(day, length):
    """numpy: step off a closed day without counting, then count."""
    roll = "backward" if length > 0 else "forward"
    return np.busday_offset(np.datetime64(day), length, roll=roll, holidays=holidays()).item()


def test_every_length_from_every_day_agrees_with_numpy():
    """Exhaustive where it matters: all days of 17 years, the lengths in use, both ways."""
    every = [date(2012, 1, 1) + timedelta(days=n) for n in range((date(2028, 12, 31) - date(2012, 1, 1)).days + 1)]
    wrong = []
    for length in (1, 5, 7, 15):
        for way, sign in ((calendar().forward, 1), (calendar().back, -1)):
            for day in every:
                expected = oracle(day, sign * length)
                if not calendar().knows(expected):
                    with pytest.raises(CalendarDoesNotReach):
                        way(day, length)
                elif (found := way(day, length)) != expected:
                    wrong.append((day, sign * length, found, expected))
    assert wrong == []


@given(days, lengths)
def test_the_date_is_a_working_day_after_the_trigger(day, length):
    try:
        due = calendar().forward(day, length)
    except CalendarDoesNotReach:
        assert not calendar().knows(oracle(day, length))
    else:
        assert due > day
        assert calendar().is_working_day(due)
        assert calendar().between(day, due) == length


@given(days, lengths)
def test_n_on_and_n_back_is_where_it_began(day, length):
    try:
        start = calendar().forward(day, 1)
        there = calendar().forward(start, length)
    except CalendarDoesNotReach:
        return
    assert calendar().back(there, length) == start


@given(days, days, lengths)
def test_a_later_trigger_never_gives_an_earlier_date(one, other, length):
    try:
        earlier, later = calendar().forward(min(one, other), length), calendar().forward(max(one, other), length)
    except CalendarDoesNotReach:
        return
    assert earlier <= later


@given(days, days)
def test_between_agrees_with_numpy(one, other):
    first, last = min(one, other), max(one, other)
    expected = np.busday_count(first + timedelta(days=1), last + timedelta(days=1), holidays=holidays())
    assert calendar().between(first, last) == (expected if first < last else 0)
