"""What the front page of the admin site and the system checks say about the clocks."""

import pytest
from django.core.checks import run_checks

from core.guard import workflow
from deadlines.attention import clocks
from deadlines.models import CalendarYear
from deadlines.sweep import sweep
from deadlines.workflow import correct_trigger
from tests.deadlines.factories import RecordingOwner, at, registered, running_clock

pytestmark = pytest.mark.django_db
UNSURE = "2 time limits are to be confirmed against the guidance."


def texts(now):
    return [item.text for item in clocks(now)]


def test_what_is_to_be_confirmed():
    assert texts(at("2026-11-23")) == [UNSURE]


def test_reminders_that_wait_in_the_morning_but_not_at_night(cast):
    owner = RecordingOwner({"lead": [cast.member]})
    owner.fails = True
    with registered("rapid-review", owner):
        clock = running_clock()
        sweep(now=at("2026-11-09"))
        correct_trigger(clock=clock, trigger_on=clock.due_on, by=None, now=at("2026-11-09"), reason="Mistyped.")
    assert texts(at("2026-11-09", 22)) == ["1 dates moved and nobody was told yet: the log says why.", UNSURE]
    assert texts(at("2026-11-10"))[0] == "1 reminders wait although mail may go: the log says why."


@pytest.mark.parametrize(("now", "said"), [("2028-09-01", False), ("2028-11-01", True), ("2029-01-02", True)])
def test_the_end_of_the_calendar_is_announced(now, said):
    assert any("bank holidays" in text for text in texts(at(now))) is said


def test_no_calendar_at_all():
    workflow(lambda: CalendarYear.objects.all().delete())()
    assert "no date can be counted" in texts(at("2026-11-23"))[0]


@pytest.mark.parametrize(
    ("hours", "good"), [("08:00-18:00", True), ("always", True), ("8 to 6", False), ("18:00-08:00", False)]
)
def test_the_hours_of_mail_are_checked(settings, hours, good):
    settings.MAIL_HOURS = hours
    found = [message for message in run_checks() if message.id == "deadlines.E001"]
    assert (found == []) is good
