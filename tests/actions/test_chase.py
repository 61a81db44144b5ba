"""The escalation ladder, the chase by hand, and one mail a person and day."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from actions import workflow
from actions.chasing import plan
from actions.choices import Level
from actions.models import DayMail, Escalation, LadderStep, Told
from actions.states import Status
from notifications.models import Message
from tests.actions.factories import LEAD, action_at, case_origin
from tests.cast import sign_in
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 10, 5)  # agreed; due a week later


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def make(cast, *, due: int = 7, **over):
    with time_machine.travel(at(MONDAY), tick=False):
        return action_at(Status.OPEN, now=at(MONDAY), due_on=MONDAY + timedelta(days=due), **over)


def run(day: date, hour: int = 10):
    with time_machine.travel(at(day, hour), tick=False):
        return workflow.sweep(now=at(day, hour))


def chases(address: str = LEAD):
    return Message.objects.filter(kind="action-chase", address=address).count()


def test_reminders_then_the_chair_then_the_executive_group(cast):
    action = make(cast)
    due = MONDAY + timedelta(days=7)
    assert run(due - timedelta(days=1)) == []
    run(due)
    assert chases() == 1
    run(due)
    run(due + timedelta(days=1), 23)  # at night nothing is sent
    assert chases() == 1
    run(due + timedelta(days=1))
    assert (chases(), chases(cast.business_manager.email)) == (2, 1)
    assert not Escalation.objects.exists()
    run(due + timedelta(days=14))  # ten working days late
    assert [one.level for one in Escalation.objects.all()] == [Level.CHAIR]
    assert chases(cast.chair.email) == 1
    run(date(2026, 11, 13))  # more than a month late
    assert [one.level for one in Escalation.objects.all()] == [Level.CHAIR, Level.EXECUTIVE]
    assert chases(cast.partner_la.email) == 1
    before = Message.objects.count(), Told.objects.count(), Escalation.objects.count()
    run(date(2026, 11, 13), 11)
    run(date(2026, 11, 13), 12)
    assert (Message.objects.count(), Told.objects.count(), Escalation.objects.count()) == before
    action.refresh_from_db()
    assert action.status == Status.OPEN


def test_an_outage_of_weeks_ends_in_one_mail_a_person(cast):
    make(cast)
    make(cast, text="Another thing.")
    run(date(2026, 11, 13))
    assert (chases(), chases(cast.chair.email), chases(cast.partner_la.email)) == (1, 1, 1)
    assert Escalation.objects.count() == 4
    assert not Message.objects.get(kind="action-chase", address=LEAD).subject.count("ACT-")


def test_who_is_walled_off_is_told_nothing(cast):
    with time_machine.travel(at(MONDAY), tick=False):
        action = action_at(Status.OPEN, origin=case_origin(now=at(MONDAY)), now=at(MONDAY), due_on=MONDAY)
        wall_off(action.referral, cast.chair, now=at(MONDAY))
    run(date(2026, 10, 20))
    assert (chases(cast.chair.email), chases(cast.deputy_chair.email)) == (0, 1)


def test_the_ladder_is_dated_data(cast):
    LadderStep.objects.update(until_date=MONDAY)
    LadderStep.objects.create(anchor="late", offset=2, tells_lead=False, tells_manager=True, from_date=MONDAY)
    make(cast)
    run(date(2026, 10, 13))
    assert not Message.objects.filter(kind="action-chase").exists()
    run(date(2026, 10, 14))
    assert (chases(), chases(cast.business_manager.email)) == (0, 1)


def test_planning_costs_the_same_for_one_and_for_three(cast, django_assert_num_queries):
    make(cast)
    with django_assert_num_queries(7):
        plan(at(date(2026, 10, 13)))
    make(cast, text="Two.")
    make(cast, text="Three.")
    with django_assert_num_queries(7):
        plan(at(date(2026, 10, 13)))


def test_the_chase_by_hand_shows_first_and_sends_once(cast):
    action = make(cast)
    make(cast, text="Of somebody else.", lead_name="Ola Invented", lead_address="ola@agency.example")
    evening = at(date(2026, 10, 16), 20)  # a Friday
    with time_machine.travel(evening, tick=False):
        browser = sign_in(cast.business_manager)
        shown = browser.get(reverse("actions:chase")).content.decode()
        assert LEAD in shown
        assert "Leaves Monday 19 October 2026, 08:00" in shown
        assert not DayMail.objects.exists()
        browser.post(reverse("actions:chase"), {"words": "The Executive Group meets soon."})
        assert (chases(), chases("ola@agency.example")) == (1, 1)
        message = Message.objects.get(kind="action-chase", address=LEAD)
        assert message.not_before == at(date(2026, 10, 19), 8)
        assert "The Executive Group meets soon." in message.text
        assert action.reference in message.subject
        again = browser.get(reverse("actions:chase")).content.decode()
        assert "Had their mail of that day already" in again
        browser.post(reverse("actions:chase"))
        assert chases() == 1
    run(date(2026, 10, 19))  # what the ladder has to say waits for the next day
    assert chases() == 1
    run(date(2026, 10, 20))
    assert chases() == 2


def test_an_answered_escalation_is_not_raised_again_for_the_same_date(cast):
    make(cast)
    run(date(2026, 10, 27))
    workflow.answer(escalation=Escalation.objects.get(), text="Seen.", by=cast.chair, now=at(date(2026, 10, 28)))
    run(date(2026, 10, 29))
    assert Escalation.objects.count() == 1
