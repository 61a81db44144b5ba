"""The morning mail: once a person and working day, from what the pages show, and silent when there is nothing."""

import logging
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from notifications.models import Message
from overview import workflow
from overview.digest import is_first_of_week, morning_of
from overview.models import Digest
from overview.workflow import mornings
from panel.models import User
from rapid_reviews.states import Status
from referrals.states import Status as CaseStatus
from tests.cast import make_cast
from tests.deadlines.factories import at, reseed
from tests.overview.factories import moment, review_opened_on
from tests.referrals.factories import CHILD_NAME, SECRET, referral_at, wall_off

NOW = "2026-11-24T07:30:00+00:00"  # a Tuesday
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


def send(day: str = "2026-11-24", hour: int = 7, minute: int = 30) -> int:
    return workflow.send_digests(now=at(day, hour, minute))


def digests(person: User) -> list[Message]:
    return list(Message.objects.filter(kind="morning-digest", recipient=person).order_by("pk"))


def test_it_says_what_the_home_page_says_without_a_name(cast):
    review = review_opened_on("2026-10-27", lead=cast.member)
    send()
    (mail,) = digests(cast.member)
    assert mail.subject.startswith("[OFFICIAL-SENSITIVE] ")
    assert f"{review.referral.reference}: Work on the rapid review, by " in mail.text
    assert "LATE" in mail.text
    assert "/rapid-review/" in mail.text
    for name in (CHILD_NAME, SECRET):
        assert name not in mail.text + mail.subject


def test_nothing_when_there_is_nothing(cast):
    assert morning_of(cast.second_member, today=date(2026, 11, 24)).items == 0
    send()
    assert digests(cast.second_member) == []
    assert Digest.objects.get(person=cast.second_member).items == 0


def test_what_comes_up_after_the_morning_waits_for_the_next(cast):
    send()
    referral_at(CaseStatus.RECORDED, now=moment("2026-11-24", 9))
    assert send(hour=9, minute=30) == 0
    assert digests(cast.business_manager) == []
    send("2026-11-25")
    assert len(digests(cast.business_manager)) == 1


def test_once_a_day_however_often_it_runs(cast):
    referral_at(CaseStatus.RECORDED, now=moment("2026-11-23"))
    assert send() > 0
    assert [send(), send(hour=12), send(hour=17, minute=59)] == [0, 0, 0]
    assert len(digests(cast.business_manager)) == 1
    send("2026-11-25")
    assert len(digests(cast.business_manager)) == 2


def test_two_days_of_outage_are_not_made_up_for(cast):
    referral_at(CaseStatus.RECORDED, now=moment("2026-11-23"))
    send("2026-11-24")
    send("2026-11-27", hour=11)  # nothing ran on the 25th and 26th
    assert [digest.day for digest in Digest.objects.filter(person=cast.business_manager).order_by("day")] == [
        date(2026, 11, 24),
        date(2026, 11, 27),
    ]
    assert len(digests(cast.business_manager)) == 2


@pytest.mark.parametrize(
    ("day", "hour", "minute"),
    [
        ("2026-11-24", 7, 29),
        ("2026-11-24", 18, 0),
        ("2026-11-24", 23, 0),
        ("2026-11-28", 8, 0),  # Saturday
        ("2026-11-29", 8, 0),
        ("2026-12-25", 8, 0),
        ("2026-12-28", 8, 0),  # the substitute day for Boxing Day
    ],
)
def test_never_at_night_on_a_weekend_or_a_bank_holiday(cast, day, hour, minute):
    referral_at(CaseStatus.RECORDED, now=moment("2026-11-23"))
    assert send(day, hour, minute) == 0
    assert not Digest.objects.exists()


@pytest.mark.time_machine("2026-07-14T06:30:00+00:00")
def test_half_past_seven_is_london_time(cast):
    """British Summer Time: 06:30 UTC is 07:30 in London."""
    referral_at(CaseStatus.RECORDED, now=moment("2026-07-13"))
    assert workflow.send_digests(now=datetime.fromisoformat("2026-07-14T06:29:00+00:00")) == 0
    assert workflow.send_digests(now=datetime.fromisoformat("2026-07-14T06:30:00+00:00")) > 0


def test_a_wall_keeps_the_case_out(cast):
    """The walled member leads it, so it would stand in their mail."""
    walled = review_opened_on("2026-10-27", lead=cast.walled)
    other = review_opened_on("2026-10-28", lead=cast.walled)
    wall_off(walled.referral, cast.walled, by=cast.business_manager, now=moment("2026-11-02"))
    send()
    (mail,) = digests(cast.walled)
    assert other.referral.reference in mail.text
    assert walled.referral.reference not in mail.text + mail.subject


def test_a_milestone_that_is_due_stands_in_the_leads_mail(cast):
    review_opened_on("2026-11-11", lead=cast.member)  # notified on the 10th: returns due on the 20th
    needs = morning_of(cast.member, today=date(2026, 11, 19)).needs
    assert [need.due for need in needs if need.what == "Milestone: Agency returns due"] == [date(2026, 11, 20)]
    assert not [
        n for n in morning_of(cast.second_member, today=date(2026, 11, 19)).needs if n.what.startswith("Milestone")
    ]


class TestTheChairsWeek:
    def test_on_monday_how_the_time_limits_stand(self, cast):
        late = review_opened_on("2026-10-27")
        soon = review_opened_on("2026-11-05")
        decided = review_opened_on("2026-11-18", Status.DECIDED)
        workflow.send_digests(now=at("2026-11-23", 7, 30))
        (mail,) = digests(cast.chair)
        week = mail.text[mail.text.index("THE PANEL’S WEEK") :]
        assert f"{late.referral.reference}: Rapid review" in week
        assert "working days late. Whose move" in week
        assert f"{soon.referral.reference}: Rapid review" in week
        assert f"{decided.referral.reference}: the three Safeguarding Partners decided" in week
        assert Digest.objects.get(person=cast.chair).is_weekly
        assert not Digest.objects.filter(is_weekly=True).exclude(person=cast.chair).exists()

    def test_on_other_days_not(self, cast):
        review_opened_on("2026-10-27")
        send()
        assert "THE PANEL’S WEEK" not in digests(cast.chair)[0].text

    def test_a_wall_of_the_chair_holds(self, cast):
        walled, other = review_opened_on("2026-10-27"), review_opened_on("2026-10-28")
        wall_off(walled.referral, cast.chair, by=cast.business_manager, now=moment("2026-11-02"))
        workflow.send_digests(now=at("2026-11-23", 7, 30))
        (mail,) = digests(cast.chair)
        assert other.referral.reference in mail.text
        assert walled.referral.reference not in mail.text

    @pytest.mark.parametrize(
        ("day", "first"),
        [
            ("2026-11-23", True),
            ("2026-11-24", False),
            ("2026-12-28", False),  # a bank holiday has no mail at all; the Tuesday is the first
            ("2026-12-29", True),
            ("2027-03-30", True),  # after Easter Monday
        ],
    )
    def test_the_first_working_day_of_the_week(self, db, day, first):
        if date.fromisoformat(day).weekday() == 0 and not first:
            assert send(day) == 0
        else:
            assert is_first_of_week(date.fromisoformat(day)) is first


def test_one_persons_failure_holds_up_nobody_else(cast, monkeypatch, caplog):
    referral_at(CaseStatus.RECORDED, now=moment("2026-11-23"))
    broken = {cast.chair.pk}

    def sometimes(person, *, today):
        if person.pk in broken:
            raise RuntimeError("no mail today")
        return morning_of(person, today=today)

    monkeypatch.setattr(mornings, "morning_of", sometimes)
    with caplog.at_level(logging.ERROR, logger="overview.workflow"):
        send()
    assert len(digests(cast.business_manager)) == 1
    assert digests(cast.chair) == []
    assert str(cast.chair.pk) in caplog.text
    broken.clear()
    send()
    assert len(digests(cast.chair)) == 1
    assert len(digests(cast.business_manager)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one():
    reseed()
    cast = make_cast()
    referral_at(CaseStatus.RECORDED, now=moment("2026-11-23"))
    together = Barrier(4)

    def work() -> None:
        together.wait()
        try:
            send()
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timedelta(minutes=1).total_seconds())
    assert len(digests(cast.business_manager)) == 1
    assert Digest.objects.filter(person=cast.business_manager).count() == 1
