"""The providers behind the cockpit's front page, each with and without something to say."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from audit import attention as audit_attention
from audit.workflow import record
from panel import attention, workflow
from panel.meetings import plan_meeting
from panel.models import User
from panel.roles import Role
from tests.cast import SINCE, make_member

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def texts(items) -> list[str]:
    return [item.text for item in items]


@pytest.fixture
def everybody_has_a_deputy(cast):
    for name in ("chair", "deputy_chair", "second_member", "walled"):
        membership = getattr(cast, name).memberships.get()
        make_member(f"Dep {name.title()}", Role.NAMED_DEPUTY, cast.agencies.schools, deputy_for=membership)
    plan_meeting(on=NOW.date(), at=time(14), place="Room 1", by=cast.business_manager, now=NOW)


def test_a_panel_in_order_needs_nobody(everybody_has_a_deputy):
    assert attention.people(NOW) == []


def test_an_invitation_that_expired(cast, everybody_has_a_deputy):
    sent = NOW - timedelta(days=8)
    person = User(email="n@agency.example", name="Nia Example")
    workflow.add_person(person=person, by=cast.business_manager, now=sent)
    assert texts(attention.people(NOW)) == ["1 invited, but the link has expired: send it again."]
    assert attention.people(sent + timedelta(days=1)) == []


def test_nobody_manages(cast, everybody_has_a_deputy):
    cast.business_manager.memberships.update(until_date=SINCE)
    (item,) = attention.people(NOW)
    assert item.text == "Nobody is business manager today."
    assert item.urgent


def test_a_second_step_that_is_missing(cast, everybody_has_a_deputy, settings):
    settings.MFA_REQUIRED = True
    assert texts(attention.people(NOW)) == [f"{User.objects.count()} have not set up a second step yet."]


def test_seals_that_lag(cast):
    with time_machine.travel(NOW, tick=False):
        record("test.happened", by=cast.chair)
    assert audit_attention.seals(NOW + timedelta(minutes=20)) == []
    (item,) = audit_attention.seals(NOW + timedelta(minutes=31))
    assert item.urgent
    assert item.text.startswith("1 events are not sealed yet.")
