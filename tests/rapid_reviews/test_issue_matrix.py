"""Safeguarding issues, every status, verb and role: table, permissions and workflow functions say the same."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from agency_returns.actors import member
from core.errors import NotPermitted, WorkflowError
from rapid_reviews import workflow
from rapid_reviews.models import SafeguardingAnswer
from rapid_reviews.safeguarding.permissions import can_raise, verbs_for
from rapid_reviews.states import ISSUES, IssueStatus, Status
from rapid_reviews.workflow import Concern
from tests.rapid_reviews.factories import rapid_review_at
from tests.rapid_reviews.issues import answer, issue_at
from tests.referrals.factories import invite, wall_off

pytestmark = pytest.mark.django_db

CHAIRS = {"chair", "deputy_chair"}
LEADERS = CHAIRS | {"business_manager"}
SCHOOLS = {"member", "deputy", "contributor"}  # of the agency asked; the contributor is invited to the case here
PANEL = LEADERS | {"member", "second_member", "deputy"}
EVERYBODY = PANEL | SCHOOLS | {"partner_la", "partner_icb", "partner_police", "scrutineer", "invited", "outsider"}
I = IssueStatus  # noqa: E741 - as in the table

# Written out a second time, on purpose: verb → (statuses in which it is possible, who may).
EXPECTED = {
    "answer": ({I.RAISED, I.ASKED_AGAIN}, SCHOOLS),
    "accept": ({I.ANSWERED}, CHAIRS),
    "ask_again": ({I.ANSWERED}, CHAIRS),
    "let_send": ({I.RAISED, I.ASKED_AGAIN}, CHAIRS),
    "readdress": ({I.RAISED, I.ASKED_AGAIN}, LEADERS),
    "withdraw": ({I.RAISED, I.ASKED_AGAIN, I.ANSWERED}, LEADERS),
}
DONE = {"answer": I.ANSWERED, "accept": I.RESOLVED, "ask_again": I.ASKED_AGAIN, "withdraw": I.WITHDRAWN}


def call(verb, issue, by):
    """Do `verb` with arguments that are right in themselves: those with which the factory did it already."""
    now = timezone.now()
    given = issue.latest or SafeguardingAnswer(pk=0, issue=issue)
    return {
        "answer": lambda: answer(issue, by=member(by)),
        "accept": lambda: workflow.accept_answer(answer=given, by=by, now=now),
        "ask_again": lambda: workflow.ask_again(
            answer=given, reason=given.again_reason or "More", answer_by=timezone.localdate(now) + timedelta(days=1),
            by=by, now=now,
        ),
        "let_send": lambda: workflow.let_send(issue=issue, reason="They answer on Monday.", by=by, now=now),
        "readdress": lambda: workflow.readdress(
            issue=issue, lead_name="Len Invented", lead_address="len@agency.example", by=by, now=now
        ),
        "withdraw": lambda: workflow.withdraw_issue(issue=issue, reason="Twice raised.", by=by, now=now),
    }[verb]()  # fmt: skip


def test_the_table_has_exactly_these_verbs():
    assert set(ISSUES.verbs) == {"raise", *EXPECTED}


@pytest.mark.parametrize("status", IssueStatus.values)
def test_the_matrix(cast, status):
    issue = issue_at(IssueStatus(status), cast.agencies.schools)
    invite(issue.review.referral, cast.contributor)
    invite(issue.review.referral, cast.invited)
    today = timezone.localdate()
    for person in EVERYBODY:
        expected = {verb for verb, (statuses, who) in EXPECTED.items() if status in statuses and person in who}
        assert verbs_for(getattr(cast, person), issue, on=today) == expected, f"{person} in {status}"
    for verb, (statuses, who) in EXPECTED.items():
        able = cast.member if verb == "answer" else cast.chair
        for unable in sorted(EVERYBODY - who)[:3]:
            with pytest.raises(NotPermitted), transaction.atomic():
                call(verb, issue, getattr(cast, unable))
        if status in statuses:
            with transaction.atomic():
                call(verb, issue, able)
                transaction.set_rollback(True)
        elif DONE.get(verb) == status:
            call(verb, issue, able)
            issue.refresh_from_db()
            assert issue.status == status
        elif verb != "answer" or status != I.ANSWERED:
            with pytest.raises(WorkflowError), transaction.atomic():
                call(verb, issue, able)


@pytest.mark.parametrize("status", Status.values)
def test_who_may_raise_and_when(cast, status):
    """While the review is open, and after it was sent; not in a withdrawn one, which says where to go instead."""
    review = rapid_review_at(Status(status))
    invite(review.referral, cast.invited)
    concern = Concern(
        agency=cast.agencies.schools, concern="A", asked="B", answer_by=timezone.localdate(), lead_name="Lea Invented",
        lead_address="lea@agency.example",
    )  # fmt: skip
    for person in EVERYBODY - {"contributor"}:
        user = getattr(cast, person)
        assert can_raise(user, review, on=timezone.localdate()) == (person in PANEL and status != Status.WITHDRAWN)
        if person not in PANEL:
            with pytest.raises(NotPermitted), transaction.atomic():
                workflow.raise_issue(review=review, concern=concern, by=user, now=timezone.now())
    if status == Status.WITHDRAWN:
        with pytest.raises(WorkflowError, match="Call 999"):
            workflow.raise_issue(review=review, concern=concern, by=cast.chair, now=timezone.now())
    else:
        assert workflow.raise_issue(review=review, concern=concern, by=cast.member, now=timezone.now()).number == 1


@pytest.mark.parametrize("verb", sorted(EXPECTED))
def test_a_walled_person_may_nothing(cast, verb):
    status = I.ANSWERED if verb in ("accept", "ask_again") else I.RAISED
    issue = issue_at(status, cast.agencies.schools)
    person = cast.member if verb == "answer" else cast.chair
    wall_off(issue.review.referral, person)
    issue = type(issue).objects.select_related("review__referral", "agency").get(pk=issue.pk)
    with pytest.raises(NotPermitted):
        call(verb, issue, person)
