"""Who is reminded of the clocks of a case, and told when a date moves."""

from datetime import UTC, date, datetime

import pytest

from deadlines import workflow as deadlines
from deadlines.models import Clock
from deadlines.owners import find
from deadlines.sweep import sweep
from notifications.models import Message
from referrals.owners import CODES, OWNER
from tests.referrals.factories import CHILD_NAME, SECRET, looked_after_child_facts, make_referral, wall_off

pytestmark = pytest.mark.django_db

RECORDED = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # aware on Monday the 23rd, due on the 30th


@pytest.fixture
def case(cast):
    return make_referral(now=RECORDED, lead=cast.member, children=[looked_after_child_facts()])


def mails(kind):
    return Message.objects.filter(kind=kind).order_by("pk")


def test_the_three_rules_have_their_owner(case):
    assert {clock.code for clock in case.clocks} == set(CODES)
    assert all(find(clock.rule) is OWNER for clock in case.clocks)


def test_a_late_clock_is_told_to_the_people_of_the_case_by_nameless_mail(cast, case):
    wall_off(case, cast.member, now=RECORDED)
    sweep(now=datetime(2026, 12, 2, 9, 0, tzinfo=UTC))
    found = mails("deadline-reminder")
    assert found
    assert cast.member not in {mail.recipient for mail in found}
    assert cast.deputy in {mail.recipient for mail in found}
    for mail in found:
        assert mail.subject.startswith(f"[OFFICIAL-SENSITIVE] {case.reference}: ")
        assert f"/cases/{case.reference}/notification/" in mail.text
        assert "30 November 2026" in mail.text
        assert not any(word in mail.subject + mail.text for word in (CHILD_NAME, SECRET))


def test_several_dates_of_one_case_come_in_one_mail(cast, case):
    sweep(now=datetime(2026, 12, 2, 9, 0, tzinfo=UTC))
    (mail,) = mails("deadline-reminder").filter(recipient=cast.member)
    assert ", and 2 more" in mail.subject
    for clock in case.clocks:
        assert f"{case.reference}: {clock.rule.title}, " in mail.text


def test_a_second_sweep_reminds_nobody_again(case):
    now = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
    sweep(now=now)
    before = mails("deadline-reminder").count()
    sweep(now=now)
    assert mails("deadline-reminder").count() == before


def test_a_new_holiday_is_one_mail_per_person_and_case(cast, case):
    deadlines.proclaim_holiday(
        date=date(2026, 11, 27), title="Day of mourning", reason="Proclaimed today.", by=cast.business_manager,
        now=RECORDED,
    )  # fmt: skip
    assert {clock.due_on for clock in Clock.objects.all()} == {date(2026, 12, 1)}
    found = mails("deadline-moved")
    assert [mail.recipient for mail in found] == [cast.member, cast.business_manager]
    assert "3 dates have moved" in found[0].subject
    assert "was Monday 30 November 2026" in found[0].text
    assert "now Tuesday 1 December 2026" in found[0].text


def test_the_people_of_three_clocks_take_as_many_queries_as_of_one(case, django_assert_num_queries):
    other = make_referral(now=RECORDED)
    clocks = [*case.clocks, *other.clocks]
    for some in (clocks[:1], clocks):
        with django_assert_num_queries(3):
            assert set(OWNER.people(some, on=date(2026, 11, 25))) == {clock.pk for clock in some}
