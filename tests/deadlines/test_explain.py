from datetime import date
from pathlib import Path

import pytest

from core.errors import WorkflowError
from deadlines import calendar as stored
from deadlines.checking import check_table
from deadlines.explain import Count, Deadline, clear_days_warning, compute
from deadlines.models import Rule

OURS = Path(__file__).parent / "worked-dates.csv"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "statutory-dates.csv"


def deadline_of(code, trigger):
    day = date.fromisoformat(trigger)
    return compute(Rule.objects.for_trigger(code, day), day, stored.current())


def codes():
    return set(Rule.objects.values_list("code", flat=True))


def test_trap_1_our_worked_dates(known):
    """Year ends, Easter, substitute days, proclaimed days, leap days, triggers on closed days."""
    rows = check_table(OURS, codes(), known)
    assert len(rows) == 28
    assert [str(row) for row in rows if not row.passed] == []


def test_trap_1_the_shared_table_of_statutory_dates(known):
    if not SHARED.exists():
        pytest.skip("the table of statutory dates lies beside this repository, in ../shared/data, and is not there")
    rows = check_table(SHARED, codes(), known)
    assert len(rows) == 256
    assert [str(row) for row in rows if not row.passed] == []


def test_every_day_on_the_way_is_explained(known):
    deadline = deadline_of("rapid-review", "2026-12-14")
    assert deadline.due == date(2027, 1, 7)
    assert deadline.days[0].date == date(2026, 12, 15)
    assert deadline.days[-1].date == deadline.due
    assert [day.number for day in deadline.days if day.counted] == list(range(1, 16))
    assert {day.date.isoformat(): day.why for day in deadline.skipped_holidays} == {
        "2026-12-25": "Christmas Day",
        "2026-12-28": "Boxing Day (substitute day)",
        "2027-01-01": "New Year’s Day",
    }


def test_counting_back_explains_itself_backwards(known):
    deadline = deadline_of("lcspr-copy", "2029-01-01")
    assert (deadline.due, deadline.days[0].date) == (date(2028, 12, 19), date(2028, 12, 31))


def test_the_copy_warns_that_its_plain_date_leaves_six_clear_days(known):
    deadline = deadline_of("lcspr-copy", "2027-01-28")
    assert (deadline.due, deadline.stricter_due) == (date(2027, 1, 19), date(2027, 1, 18))
    assert "only 6 clear working days" in deadline.stricter_reason
    warning = clear_days_warning(deadline.due, deadline.trigger, 7, known)
    assert warning.startswith("Only 6 clear working days would lie between 19 January 2027")
    assert clear_days_warning(deadline.stricter_due, deadline.trigger, 7, known) == ""


@pytest.mark.parametrize(
    ("trigger", "due", "why"),
    [
        ("2028-07-03", "2029-01-03", "month 6"),  # beyond the holiday calendar, and needs none
        ("2026-08-31", "2027-02-28", "month 6: February 2027 has no 31st, so its last day"),
        ("2026-06-26", "2026-12-26", "month 6"),  # a Saturday and a holiday: not rolled
    ],
)
def test_months_are_clamped_and_not_rolled(trigger, due, why):
    count = Count("forward", "months", 6)
    deadline = compute(count, date.fromisoformat(trigger), calendar=None)
    assert deadline.due == date.fromisoformat(due)
    assert deadline.days[-1].why == why


def test_a_clamped_month_does_not_pull_later_ones_forward():
    days = compute(Count("forward", "months", 3), date(2026, 12, 31), None).days
    assert [day.date.isoformat() for day in days] == ["2027-01-31", "2027-02-28", "2027-03-31"]


def test_the_line_for_the_minutes(known):
    assert deadline_of("notify-national-panel", "2026-12-24").minutes_line == (
        "Notify the national Panel: Tuesday 5 January 2027, being 5 working days after Thursday 24 December 2026 "
        "(day 0), leaving out weekends and Christmas Day 25 December 2026, Boxing Day (substitute day) 28 December "
        "2026 and New Year’s Day 1 January 2027. Source: Children Act 2004 s16C(1) (duty); Working Together to "
        "Safeguard Children (days) (2023, ch. 5; before it 2018, ch. 4)."
    )


def test_a_limit_without_a_day_count_is_refused(known):
    with pytest.raises(WorkflowError, match="has no number of days"):
        deadline_of("delay-notice", "2026-11-02")


@pytest.mark.parametrize("length", [0, 5000])
def test_an_absurd_length_is_refused(length, known):
    with pytest.raises(WorkflowError, match="between 1 and 2000"):
        compute(Count("forward", "months", length), date(2026, 1, 1), known)


def test_a_date_past_the_end_of_time_is_a_sentence():
    with pytest.raises(WorkflowError, match="is no date"):
        compute(Count("forward", "years", 2000), date(9000, 1, 1), None)


def test_an_explanation_survives_its_json(known):
    deadline = deadline_of("lcspr-copy", "2027-01-28")
    assert Deadline.from_json(deadline.as_json()) == deadline
