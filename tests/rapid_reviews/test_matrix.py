"""Every status, verb and role: the table, the permissions and the workflow functions say the same."""

import pytest
from django.db import transaction
from django.utils import timezone

from core.errors import InvalidTransition, NotPermitted, WorkflowError
from panel.permissions import GRANTS
from panel.roles import StatutoryRole
from rapid_reviews import workflow
from rapid_reviews.choices import PARTNERS, Answer, Naming, Reply, View
from rapid_reviews.contents import contents_of
from rapid_reviews.models import NationalReply
from rapid_reviews.permissions import WHO, can_verb, verbs_for
from rapid_reviews.states import TABLE, Status
from tests.rapid_reviews.factories import draft, findings, panel_seats, rapid_review_at, reply
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db

LEADERS = {"business_manager", "chair", "deputy_chair"}
PANEL = LEADERS | {"member", "second_member", "deputy"}
DECIDERS = {"partner_la", "partner_icb", "partner_police"}
MEMBERS = PANEL - {"business_manager"}
EVERYBODY = PANEL | DECIDERS | {"scrutineer", "invited", "contributor", "outsider"}
OPEN = {Status.OPENED, Status.GATHERING, Status.DRAFTING, Status.CIRCULATED, Status.RECOMMENDED, Status.DECIDED}
AFTER = {Status.SENT, Status.REPLIED}
EARLY = {Status.OPENED, Status.GATHERING, Status.DRAFTING}

# Written out a second time, on purpose: verb → (statuses in which it is possible, who may).
EXPECTED = {
    "start_gathering": ({Status.OPENED}, PANEL),
    "start_drafting": ({Status.GATHERING}, PANEL),
    "edit_sections": (OPEN, PANEL),
    "assign_sections": (OPEN, LEADERS),
    "comment": (OPEN, PANEL),  # and invited representatives, where the case is theirs: test_comments.py
    "complete_milestones": (OPEN, PANEL),
    "answer_criteria": (EARLY, PANEL),
    "draft_recommendation": (EARLY, LEADERS),
    "circulate": ({Status.DRAFTING}, LEADERS),
    "answer_circulation": ({Status.CIRCULATED}, MEMBERS),
    "end_circulation": ({Status.CIRCULATED}, LEADERS),
    "record_recommendation": ({Status.DRAFTING, Status.CIRCULATED}, LEADERS),
    "decide": ({Status.RECOMMENDED}, DECIDERS),
    "resolve_difference": ({Status.RECOMMENDED}, LEADERS),
    "reopen_recommendation": ({Status.RECOMMENDED}, LEADERS),
    "make_report": (OPEN, PANEL),
    "record_sending": ({Status.DECIDED}, LEADERS),
    "record_receipt": (AFTER, LEADERS),
    "record_questions": (AFTER, LEADERS),
    "answer_questions": (AFTER, LEADERS),
    "record_reply": (AFTER, LEADERS),
    "reopen_after_reply": (AFTER, LEADERS),
    "withdraw": (OPEN | AFTER, LEADERS),
}
# "Already done is a quiet success": in this status the verb changes nothing and says nothing.
DONE = {
    "start_gathering": Status.GATHERING,
    "start_drafting": Status.DRAFTING,
    "circulate": Status.CIRCULATED,
    "end_circulation": Status.DRAFTING,
    "record_recommendation": Status.RECOMMENDED,
    "decide": Status.DECIDED,
    "reopen_recommendation": Status.DRAFTING,
    "record_sending": Status.SENT,
    "withdraw": Status.WITHDRAWN,
}


# Right in the table, and still refused by what the review holds: said in a sentence, tested with their own verb.
NOT_YET = {
    ("record_sending", Status.DECIDED),  # the sections are empty
    ("record_recommendation", Status.CIRCULATED),  # the circulation goes on
    ("circulate", Status.DRAFTING),  # the draft was made by a meeting
    ("resolve_difference", Status.RECOMMENDED),  # nobody has decided yet
}


def asked(review):
    """The questions that the national Panel asked; some there never were, where it was never sent."""
    found = NationalReply.objects.filter(submission__review=review, kind=Reply.QUESTIONS).first()
    return found or NationalReply(pk=0)


def call(verb, review, by):
    """Do `verb` with arguments that are right in themselves."""
    now = timezone.now()
    today = timezone.localdate(now)
    part = contents_of(review).parts[1]
    milestone = review.clock.milestone_clocks.order_by("due_on")[0]
    more = {
        "edit_sections": lambda: workflow.save_section(
            review=review, key=part.key, child=part.child, text="New", version=getattr(part.section, "version", 0),
            by=by, now=now,
        ),
        "assign_sections": lambda: workflow.assign_sections(
            review=review, owners={part.place: None if part.owner else by}, by=by, now=now
        ),
        "comment": lambda: workflow.add_comment(
            review=review, key=part.key, child=part.child, text="Look again", by=by, now=now
        ),
        "complete_milestones": lambda: workflow.complete_milestone(
            review=review, milestone=milestone, on=today, by=by, now=now
        ),
        "answer_criteria": lambda: workflow.answer_criteria(review=review, answers=findings(), by=by, now=now),
        "draft_recommendation": lambda: workflow.draft_recommendation(
            review=review, outcome="lcspr", reason="Because", met_on=today, present=panel_seats(now), by=by, now=now
        ),
        "circulate": lambda: workflow.circulate(review=review, due_on=review.clock.due_on, by=by, now=now),
        "answer_circulation": lambda: workflow.answer_circulation(
            review=review, answer=Answer.AGREE, by=by, now=now
        ),
        "end_circulation": lambda: workflow.end_circulation(review=review, reason="Because", by=by, now=now),
        "resolve_difference": lambda: workflow.resolve_difference(
            review=review, outcome="none", reasons="Because", agreed_on=today, by=by, now=now,
            leads=dict.fromkeys(PARTNERS, "Kit Invented"),
        ),
        "decide": lambda: workflow.decide(
            review=review, partner=StatutoryRole(by.memberships.get().agency.statutory_role), view=View.AGREE,
            reasons="Because", by=by, now=now,
        ),
        "reopen_recommendation": lambda: workflow.reopen_recommendation(
            review=review, reason="Because", by=by, now=now
        ),
        "make_report": lambda: workflow.make_report(review=review, naming=Naming.PSEUDONYMISED, by=by, now=now),
        "record_sending": lambda: workflow.record_sending(
            review=review, on=today, sender=by, address="A", report=workflow.Sent(), by=by, now=now
        ),
        "record_receipt": lambda: workflow.record_receipt(review=review, on=today, by=by, now=now),
        "record_questions": lambda: reply(review, Reply.QUESTIONS, by=by, now=now),
        "answer_questions": lambda: workflow.answer_questions(
            review=review, reply=asked(review), answer="So.", on=today, by=by, now=now
        ),
        "record_reply": lambda: reply(review, Reply.NATIONAL, by=by, now=now),
        "reopen_after_reply": lambda: reply(review, Reply.DISAGREE, by=by, now=now),
        "withdraw": lambda: workflow.withdraw(review=review, reason="Because", by=by, now=now),
    }  # fmt: skip
    return more.get(verb, lambda: getattr(workflow, verb)(review=review, by=by, now=now))()


def test_the_table_has_exactly_these_verbs():
    assert set(TABLE.verbs) == set(EXPECTED)


@pytest.mark.parametrize("status", Status.values)
def test_permissions_are_the_matrix(cast, status):
    review = rapid_review_at(Status(status))
    today = timezone.localdate()
    for person in EVERYBODY:
        expected = {verb for verb, (statuses, who) in EXPECTED.items() if status in statuses and person in who}
        user = getattr(cast, person)
        assert verbs_for(user, review, on=today) == expected, f"{person} in {status}"
        assert all(can_verb(user, review, verb, on=today) == (verb in expected) for verb in EXPECTED)


@pytest.mark.parametrize("status", Status.values)
def test_workflow_refuses_what_the_matrix_does_not_allow(cast, status):
    """One person who holds the right and one who does not, for every verb; each attempt is undone."""
    review = rapid_review_at(Status(status))
    if status == Status.DRAFTING:
        draft(review)
    if status in AFTER:
        reply(review, Reply.QUESTIONS, now=timezone.now())
    for verb, (statuses, who) in EXPECTED.items():
        able = cast.partner_la if verb == "decide" else cast.chair
        unable = cast.scrutineer if who >= PANEL else cast.second_member
        unable = {"decide": cast.chair, "answer_circulation": cast.business_manager}.get(verb, unable)
        with pytest.raises(NotPermitted), transaction.atomic():
            call(verb, review, unable)
        if (verb, status) in NOT_YET:
            with pytest.raises(WorkflowError) as refused, transaction.atomic():
                call(verb, review, able)
            assert not isinstance(refused.value, InvalidTransition | NotPermitted)
        elif status in statuses:
            with transaction.atomic():
                call(verb, review, able)
                transaction.set_rollback(True)
        elif DONE.get(verb) == status:
            call(verb, review, able)
            review.refresh_from_db()
            assert review.status == status
        else:
            with pytest.raises(InvalidTransition), transaction.atomic():
                call(verb, review, able)


def test_rights_name_the_roles_that_the_matrix_expects():
    assert all(GRANTS[WHO[verb]] for verb in EXPECTED)


@pytest.mark.parametrize("verb", sorted(EXPECTED))
def test_a_walled_member_may_nothing(cast, verb):
    """The wall is stronger than the role."""
    status = sorted(EXPECTED[verb][0])[0]
    review = rapid_review_at(status)
    person = cast.partner_police if verb == "decide" else cast.deputy_chair
    wall_off(review.referral, person)
    with pytest.raises(NotPermitted):
        call(verb, review, person)
