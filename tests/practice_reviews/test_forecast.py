"""The arithmetic of months and forecasts, without a database."""

from datetime import date

import pytest

from practice_reviews.forecast import marks, month_of, progress
from practice_reviews.models import Milestone, PracticeReview

START = date(2026, 3, 2)


def milestone(due, **more):
    return Milestone(title=f"Due {due}", due_on=due, **more)


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 3, 2), 1), (date(2026, 4, 2), 1), (date(2026, 4, 3), 2), (date(2026, 9, 2), 6),
        (date(2026, 9, 3), 7), (date(2026, 2, 1), 1),
    ],
)  # fmt: skip
def test_month_n_ends_on_the_day_number_of_the_decision(day, month):
    assert month_of(START, day) == month


def test_months_end_on_the_last_day_of_a_short_month():
    assert month_of(date(2026, 8, 31), date(2027, 2, 28)) == 6
    assert month_of(date(2026, 8, 31), date(2027, 3, 1)) == 7


def test_a_slip_carries_forward_and_being_early_does_not():
    early = milestone(date(2026, 3, 16), done_on=date(2026, 3, 10))
    late = milestone(date(2026, 4, 1), done_on=date(2026, 4, 11))
    later, last = milestone(date(2026, 6, 1)), milestone(date(2026, 8, 31))
    found = marks([last, early, later, late], date(2026, 4, 12))
    assert [mark.forecast_on for mark in found] == [
        date(2026, 3, 10), date(2026, 4, 11), date(2026, 6, 11), date(2026, 9, 10),
    ]  # fmt: skip
    assert [mark.shape for mark in found] == ["done", "done-late", "next", "ahead"]
    assert [mark.slip for mark in found] == [0, 10, 10, 10]


def test_what_is_overdue_is_expected_today_and_moves_the_rest():
    overdue, last = milestone(date(2026, 4, 1)), milestone(date(2026, 5, 1))
    found = marks([overdue, last], date(2026, 4, 21))
    assert [(mark.forecast_on, mark.shape) for mark in found] == [
        (date(2026, 4, 21), "overdue"), (date(2026, 5, 21), "next"),
    ]  # fmt: skip


def test_a_day_set_by_hand_counts_and_takes_up_the_slip():
    late = milestone(date(2026, 4, 1), done_on=date(2026, 5, 1))
    by_hand = milestone(date(2026, 6, 1), expected_on=date(2026, 6, 1), expected_reason="Two sessions at once.")
    last = milestone(date(2026, 8, 31))
    assert [mark.forecast_on for mark in marks([late, by_hand, last], date(2026, 5, 2))][1:] == [
        date(2026, 6, 1), date(2026, 8, 31),
    ]  # fmt: skip


def test_the_line_of_a_review_that_runs_over():
    review = PracticeReview(decided_on=START, target_on=date(2026, 6, 2))
    found = progress(review, [milestone(date(2026, 6, 2))], date(2026, 7, 1))
    assert (found.month, found.months, found.month_text) == (4, 3, "month 4, past the 3")
    assert found.segments == ["past", "past", "past", "over"]
    assert found.is_forecast_late


def test_a_review_that_ended_stands_still():
    review = PracticeReview(decided_on=START, target_on=date(2026, 6, 2), signed_off_on=date(2026, 5, 4))
    assert progress(review, [milestone(date(2026, 6, 2))], date(2027, 1, 1)).month_text == "month 3 of 3"
