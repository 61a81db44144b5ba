"""Trap 8: no mail at night, on weekends or bank holidays unless the deadline forces it."""

import pytest

from deadlines.quiet import send_at
from tests.deadlines.factories import at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at("2026-11-23", 10, 30), at("2026-11-23", 10, 30)),
        (at("2026-11-23", 3), at("2026-11-23", 8)),  # Monday night
        (at("2026-11-23", 18), at("2026-11-24", 8)),
        (at("2026-11-20", 19), at("2026-11-23", 8)),  # Friday evening
        (at("2026-11-21", 10), at("2026-11-23", 8)),  # Saturday
        (at("2026-12-24", 20), at("2026-12-29", 8)),  # over Christmas and the substitute day
        (at("2026-03-28", 12), at("2026-03-30", 8)),  # over the change to summer time
        (at("2029-01-05", 19), at("2029-01-08", 8)),  # past the known holidays: weekends only
    ],
)
def test_trap_8_ordinary_mail_waits_for_a_working_morning(now, expected):
    assert send_at(now) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at("2026-11-21", 10), at("2026-11-21", 10)),  # due this Saturday
        (at("2026-11-23", 3), at("2026-11-23", 8)),  # nobody is woken: the morning is in time
        (at("2026-11-23", 21), at("2026-11-23", 21)),  # the evening is the last chance
    ],
)
def test_trap_8_what_runs_out_today_goes_today(now, expected):
    assert send_at(now, urgent=True) == expected


def test_the_hours_are_a_setting(settings):
    settings.MAIL_HOURS = "07:30-09:00"
    assert send_at(at("2026-11-23", 10)) == at("2026-11-24", 7, 30)
    settings.MAIL_HOURS = "always"
    assert send_at(at("2026-11-21", 3)) == at("2026-11-21", 3)
