"""Commissioning: what each type starts from, its clocks and milestones, and what must be there before it begins."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from core.errors import NotPermitted, UnguardedWrite, WorkflowError
from practice_reviews import workflow
from practice_reviews.choices import Basis, Kind
from practice_reviews.models import PracticeReview
from practice_reviews.workflow import Commission
from rapid_reviews.choices import Outcome
from tests.practice_reviews.factories import again, by_panel, lcspr, rapid_for, single, with_reviewer, with_terms
from tests.rapid_reviews.factories import rapid_review_at
from tests.rapid_reviews.test_constraints import assert_refused
from tests.referrals.factories import wall_off

LONDON = ZoneInfo("Europe/London")
pytestmark = pytest.mark.django_db
NOW = timezone.now()
MARCH = datetime(2026, 3, 2, 10, tzinfo=LONDON)


def test_an_lcspr_starts_from_the_three_partners_with_clocks_questions_and_milestones(cast):
    rapid = rapid_review_at("decided", now=MARCH)
    review = lcspr(rapid=rapid, now=MARCH)
    assert review.reference == "LR-2026-001"
    assert review.decided_on == date(2026, 3, 2)
    assert (review.clock.due_on, review.tell_clock.due_on) == (date(2026, 9, 2), date(2026, 3, 3))
    assert review.clock.label == rapid.referral.reference
    for name in (cast.partner_la, cast.partner_icb, cast.partner_police):
        assert str(name) in review.deciders
    assert [one.question for one in review.enquiries.all()] == ["Who followed up?", "Who was told?"]
    assert all(one.origin_id for one in review.enquiries.all())
    assert review.scope_children.count() == rapid.referral.children.count()
    planned = list(review.milestones.values_list("title", "due_on"))
    assert planned[0] == ("Scope and terms agreed", date(2026, 3, 16))
    assert planned[-1] == ("Report published", date(2026, 8, 31))
    assert lcspr(rapid=rapid, now=MARCH) == review, "the same decision does not commission two"
    assert by_panel(now=MARCH).reference == "LR-2026-002"


def test_no_milestone_is_planned_after_the_statutory_day(cast):
    """From 1 September six months end before the 26 weeks of the last milestone would."""
    start = datetime(2026, 9, 1, 10, tzinfo=LONDON)
    review = lcspr(now=start)
    assert review.clock.due_on == date(2027, 3, 1)
    assert max(review.milestones.values_list("due_on", flat=True)) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("status", "outcome", "kind", "sentence"),
    [
        ("recommended", Outcome.LCSPR, Kind.LCSPR, "have not decided"),
        (
            "decided",
            Outcome.MULTI_AGENCY,
            Kind.LCSPR,
            "decided for another outcome: Local multi",
        ),
        ("decided", Outcome.LCSPR, Kind.AUDIT, "decided for another outcome"),
    ],
)
def test_the_partners_decision_must_be_there_and_say_so(cast, status, outcome, kind, sentence):
    rapid = rapid_review_at(status, outcome=outcome)
    wanted = Commission(kind=kind, title="A title", basis=Basis.PARTNERS, referral=rapid.referral)
    with pytest.raises(WorkflowError, match=sentence):
        workflow.commission(wanted=wanted, by=cast.chair, now=NOW)
    assert not PracticeReview.objects.exists()


def test_the_panel_commissions_all_but_an_lcspr(cast):
    with pytest.raises(WorkflowError, match="only from the decision of the three"):
        by_panel(Kind.LCSPR)
    with pytest.raises(WorkflowError, match="which agency"):
        by_panel(Kind.SINGLE_AGENCY, agency=None)
    with pytest.raises(WorkflowError, match="Only a single-agency review"):
        by_panel(Kind.AUDIT, agency=cast.agencies.schools)
    with pytest.raises(WorkflowError, match="must come after the decision"):
        by_panel(target_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotPermitted):
        by_panel(by=cast.member)
    review = by_panel(decided_on=date(2026, 3, 2))
    assert (review.clock, review.target_on, review.referral) == (None, date(2026, 5, 11), None)


def test_a_walled_leader_commissions_nothing_in_the_case(cast):
    rapid = rapid_for(Outcome.MULTI_AGENCY)
    wall_off(rapid.referral, cast.chair)
    wanted = Commission(kind=Kind.MULTI_AGENCY, title="A title", basis=Basis.PARTNERS, referral=rapid.referral)
    with pytest.raises(NotPermitted):
        workflow.commission(wanted=wanted, by=cast.chair, now=NOW)


def test_an_lcspr_begins_only_with_agreed_terms_and_an_accepted_declaration(cast):
    review = lcspr()
    with pytest.raises(WorkflowError, match=r"not agreed the scope and terms yet\. No reviewer is appointed"):
        workflow.begin(review=review, by=cast.chair, now=NOW)
    with_terms(review)
    reviewer = with_reviewer(review, accept=False)
    with pytest.raises(WorkflowError, match="Remy Invented has no accepted declaration of independence"):
        workflow.begin(review=review, by=cast.chair, now=NOW)
    declared = workflow.Declared(
        text="It is a step-brother.", apart_from_agencies=False, apart_from_line=True, declared_on=timezone.localdate()
    )
    newer = workflow.record_declaration(reviewer=reviewer, declared=declared, by=cast.chair, now=NOW)
    with pytest.raises(WorkflowError, match="Give your grounds"):
        workflow.rule_on_declaration(declaration=newer, accept=True, by=cast.chair, now=NOW)
    workflow.rule_on_declaration(declaration=newer, accept=True, grounds="Remote enough.", by=cast.chair, now=NOW)
    assert workflow.begin(review=review, by=cast.chair, now=NOW).status == "under_way"


def test_an_older_accepted_declaration_does_not_stand_beside_a_newer_one(cast):
    review = with_terms(lcspr())
    reviewer = with_reviewer(review)
    declared = workflow.Declared(
        text="I have taken a post there.", apart_from_agencies=False, apart_from_line=False,
        declared_on=timezone.localdate(),
    )  # fmt: skip
    workflow.record_declaration(reviewer=reviewer, declared=declared, by=cast.chair, now=NOW)
    with pytest.raises(WorkflowError, match="no accepted declaration"):
        workflow.begin(review=review, by=cast.chair, now=NOW)


def test_a_change_of_scope_asks_the_chair_again(cast):
    review = with_terms(lcspr())
    assert review.terms_agreed_by == cast.chair
    workflow.save_enquiry(review=review, question="And who else?", by=cast.business_manager, now=NOW)
    assert again(review).terms_agreed_on is None
    with pytest.raises(NotPermitted):
        workflow.agree_terms(review=review, by=cast.business_manager, now=NOW)


def test_terms_that_lack_something_are_not_agreed(cast):
    with pytest.raises(WorkflowError, match="They lack: the period that it looks at, a method, the agencies in scope"):
        workflow.agree_terms(review=lcspr(), by=cast.chair, now=NOW)


def test_stopping_withdraws_both_clocks_with_the_reason(cast):
    review = workflow.stop(review=lcspr(), reason="Reviewed nationally.", by=cast.chair, now=NOW)
    for clock in (review.clock, review.tell_clock):
        clock.refresh_from_db()
        assert clock.withdrawn_reason == "The review was stopped: Reviewed nationally."


def test_another_lcspr_may_follow_one_that_was_stopped(cast):
    first = lcspr()
    workflow.stop(review=first, reason="Begun too early.", by=cast.chair, now=NOW)
    assert lcspr(rapid=first.recommendation.review) != first


def test_the_database_refuses_what_the_workflow_would(cast):
    review, _ = single(asked=False)
    with pytest.raises(UnguardedWrite):
        review.save()
    rows = PracticeReview.objects.filter(pk=review.pk)
    today = timezone.localdate()
    assert_refused(rows, "single_agency_names_it", agency=None)
    assert_refused(rows, "stopped_who_when_why", stopped_on=today)
    assert_refused(rows, "on_the_partners_decision", kind=Kind.LCSPR, agency=None)
    assert_refused(rows, "has_title_and_deciders", deciders="")
    assert_refused(rows, "began_when", status="under_way")
