"""One transaction: review, clock, milestones and the case's status, or nothing."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from deadlines.models import Clock, Rule
from rapid_reviews import workflow
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from referrals.choices import Kind
from referrals.models import Referral
from referrals.states import Status as CaseStatus
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import referral_at, wall_off

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))  # a Monday


EARLIER = {
    "incident": {"incident_on": date(2026, 11, 17)},
    "dates": {
        "partnership_aware_on": date(2026, 11, 18),
        "la_aware_on": date(2026, 11, 18),
        "notified_on": date(2026, 11, 20),
    },
}


def accepted(**facts):
    return referral_at(CaseStatus.ACCEPTED, now=NOW, **facts)


def test_counts_from_the_notification_with_the_stricter_date_beside_it(cast):
    case = accepted(**EARLIER)
    review = workflow.open_for(referral=case, by=cast.business_manager, now=NOW)
    clock = review.clock
    assert (clock.trigger_on, clock.due_on) == (date(2026, 11, 20), date(2026, 12, 11))
    assert (clock.stricter_trigger_on, clock.stricter_due_on) == (date(2026, 11, 18), date(2026, 12, 9))
    assert "aware" in clock.stricter_reason
    assert review.status == Status.OPENED
    assert not review.is_local
    case.refresh_from_db()
    assert case.status == CaseStatus.UNDER_REVIEW


def test_the_trigger_is_a_setting_of_the_rule(cast):
    Rule.objects.filter(code="rapid-review", effective_until=None).update(starts_at="aware", stricter_starts_at="")
    case = accepted(**EARLIER)
    clock = workflow.open_for(referral=case, by=cast.business_manager, now=NOW).clock
    assert (clock.trigger_on, clock.stricter_due_on) == (date(2026, 11, 18), None)


def test_no_stricter_date_where_both_readings_are_the_same_day(cast):
    case = accepted(dates={"la_aware_on": date(2026, 11, 22), "notified_on": date(2026, 11, 22)})
    assert workflow.open_for(referral=case, by=cast.chair, now=NOW).clock.stricter_due_on is None


def test_local_review_counts_from_the_acceptance(cast):
    case = accepted(kind=Kind.REFERRAL)
    assert case.notified_on is None
    review = workflow.open_for(referral=case, by=cast.chair, now=NOW)
    assert review.is_local
    assert (review.clock.trigger_on, review.clock.due_on) == (date(2026, 11, 23), date(2026, 12, 14))
    assert review.clock.stricter_due_on is None


def test_milestones_are_children_of_the_clock(cast):
    review = rapid_review_at(Status.OPENED, now=NOW)
    children = list(review.clock.milestone_clocks.order_by("due_on"))
    assert [c.length for c in children] == [1, 2, 5, 8, 10, 12, 13, 14, 15]
    assert {c.trigger_on for c in children} == {review.clock.trigger_on}
    assert {c.label for c in children} == {review.referral.reference}


def test_opening_twice_is_quiet(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    again = workflow.open_for(referral=review.referral, by=cast.chair, now=NOW)
    assert (again.pk, again.status) == (review.pk, Status.GATHERING)
    assert Clock.objects.filter(code="rapid-review").count() == 1


@pytest.mark.parametrize("status", [CaseStatus.RECORDED, CaseStatus.NOT_MET, CaseStatus.WITHDRAWN])
def test_refused_where_the_case_is_not_accepted(cast, status):
    case = referral_at(status, now=NOW)
    with pytest.raises(WorkflowError, match="accepted"):
        workflow.open_for(referral=case, by=cast.chair, now=NOW)
    assert not Clock.objects.filter(code="rapid-review").exists()


def test_refused_where_a_notification_has_no_date(cast):
    case = accepted(dates={"notified_on": None})
    with pytest.raises(WorkflowError, match="has no date"):
        workflow.open_for(referral=case, by=cast.chair, now=NOW)


@pytest.mark.parametrize("person", ["member", "deputy", "partner_la", "scrutineer", "invited", "outsider"])
def test_only_leaders_open(cast, person):
    with pytest.raises(NotPermitted):
        workflow.open_for(referral=accepted(), by=getattr(cast, person), now=NOW)


def test_a_walled_leader_does_not_open(cast):
    case = accepted()
    wall_off(case, cast.deputy_chair, now=NOW)
    with pytest.raises(NotPermitted):
        workflow.open_for(referral=case, by=cast.deputy_chair, now=NOW)


@pytest.mark.parametrize("table", ["rapid_reviews_rapidreview", "audit_event", "referrals_referralevent"])
def test_a_failure_leaves_neither_review_nor_clock(cast, table):
    """The database itself refuses, early or late in the transaction: all of it is undone."""
    case = accepted()
    before = (Clock.objects.count(), Event.objects.count())
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE EXCEPTION 'full'; END $$"
        )
        cursor.execute(f"CREATE TRIGGER refuse BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse()")
    with pytest.raises(DatabaseError, match="full"), transaction.atomic():
        workflow.open_for(referral=case, by=cast.chair, now=NOW)
    assert not RapidReview.objects.exists()
    assert (Clock.objects.count(), Event.objects.count()) == before
    assert Referral.objects.get(pk=case.pk).status == CaseStatus.ACCEPTED


def test_opening_is_a_sentence_in_the_history(cast):
    review = rapid_review_at(Status.OPENED, now=NOW)
    sentences = [e.sentence for e in Event.objects.about(review.referral.reference)]
    assert any("opened the rapid review, due at the national Panel on 11 December 2026" in s for s in sentences)
