"""Evidence, dates, escalation: who must be somebody else, and what is kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from actions import workflow
from actions.choices import Impact, Level, Source
from actions.facts import Origin
from actions.models import Action
from actions.rag import standing
from actions.states import DateStatus, Status
from agency_returns.actors import member
from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from core.guard import workflow as guarded
from notifications.models import Message
from tests.actions.factories import LEAD, MEETING, action_at, case_origin, facts, lead, propose
from tests.referrals.factories import SECRET, wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()


@guarded
def force(action, **fields):
    """Past every rule of ours: only the database can refuse."""
    for name, value in fields.items():
        setattr(action, name, value)
    action.save()


@pytest.mark.parametrize(
    "fields",
    [
        {"other_review": "SAR 14"},
        {"meeting_on": None},
        {"source": Source.OTHER_REVIEW},
        {"source": Source.RAPID_REVIEW},
        {"meeting": ""},
    ],
)
def test_the_database_wants_exactly_one_source(cast, fields):
    action = action_at(Status.OPEN)
    with pytest.raises(IntegrityError, match="actions_exactly_one_source"), transaction.atomic():
        force(action, **fields)
    with pytest.raises(WorkflowError):
        propose(Origin(source=Source.OTHER_REVIEW, meeting="Panel", meeting_on=TODAY))


def test_blue_needs_evidence_that_somebody_else_has_seen(cast):
    action = action_at(Status.OPEN)
    by = member(cast.member)
    with pytest.raises(WorkflowError, match="evidence first"):
        workflow.claim(action=action, by=by, now=NOW)
    evidence = workflow.give_evidence(action=action, link="https://evidence.example/a", by=by, now=NOW)
    workflow.claim(action=action, by=by, now=NOW)
    with pytest.raises(WorkflowError, match="Nobody else has seen"):
        workflow.confirm(action=action, by=cast.chair, now=NOW)
    with pytest.raises(WorkflowError, match="it is yours"):
        workflow.see_evidence(evidence=evidence, by=cast.member, now=NOW)
    with pytest.raises(IntegrityError, match="actions_evidence_seen_by_another"), transaction.atomic():
        force(evidence, seen_by=cast.member, seen_at=NOW)
    evidence.refresh_from_db()
    workflow.see_evidence(evidence=evidence, by=cast.second_member, now=NOW)
    workflow.confirm(action=action, by=cast.chair, now=NOW)
    action.refresh_from_db()
    assert standing(action, TODAY).rag == "blue"
    workflow.record_impact(action=action, impact=Impact.NO, text="Audit of ten files.", by=cast.chair, now=NOW)
    action.refresh_from_db()
    assert (action.impact, action.status) == (Impact.NO, Status.COMPLETE)  # done is not made a difference


def test_whoever_gave_it_by_link_is_not_somebody_else(cast):
    action = action_at(Status.OPEN, lead_name="Mel Sample", lead_address=cast.member.email)
    actor = lead().__class__("Mel Sample", cast.member.email)
    evidence = workflow.give_evidence(action=action, elsewhere="Minutes", by=actor, now=NOW)
    with pytest.raises(WorkflowError, match="it is yours"):
        workflow.see_evidence(evidence=evidence, by=cast.member, now=NOW)


def test_another_date_is_asked_for_and_decided_by_another(cast):
    action = action_at(Status.OPEN)
    first = action.due_on
    wanted = first + timedelta(days=30)
    asked = workflow.ask_date(action=action, wanted_on=wanted, reason="Two posts are empty.", by=lead(), now=NOW)
    assert Message.objects.get(kind="action-date-asked").recipient == cast.chair
    action.refresh_from_db()
    assert action.due_on == first
    with pytest.raises(NotPermitted):
        workflow.decide_date(change=asked, approve=True, by=cast.business_manager, now=NOW)
    with pytest.raises(WorkflowError, match="why the date is refused"):
        workflow.decide_date(change=asked, approve=False, by=cast.chair, now=NOW)
    workflow.decide_date(change=asked, approve=True, by=cast.chair, now=NOW)
    workflow.decide_date(change=asked, approve=True, by=cast.chair, now=NOW)  # a double click
    action.refresh_from_db()
    assert (action.due_on, action.first_due_on) == (wanted, first)
    again = workflow.ask_date(
        action=action, wanted_on=wanted + timedelta(days=9), reason="Again.", by=member(cast.chair), now=NOW
    )
    with pytest.raises(WorkflowError, match="somebody else decides"):
        workflow.decide_date(change=again, approve=True, by=cast.chair, now=NOW)
    workflow.decide_date(change=again, approve=False, reason="Once is enough.", by=cast.deputy_chair, now=NOW)
    kept = [(one.status, one.decided_by) for one in action.date_changes.all()]
    assert kept == [(DateStatus.APPROVED, cast.chair), (DateStatus.REFUSED, cast.deputy_chair)]


def test_an_escalation_waits_for_its_answer(cast):
    action = action_at(Status.OPEN)
    raised = workflow.escalate(
        action=action, level=Level.EXECUTIVE, reason="No answer for weeks.", by=cast.business_manager, now=NOW
    )
    told = Message.objects.filter(kind="action-escalated").values_list("recipient", flat=True)
    assert set(told) == {cast.partner_la.pk, cast.partner_icb.pk, cast.partner_police.pk}
    with pytest.raises(NotPermitted):
        workflow.answer(escalation=raised, text="We see to it.", by=cast.member, now=NOW)
    workflow.answer(escalation=raised, text="We see to it.", by=cast.partner_icb, now=NOW)
    with pytest.raises(WorkflowError, match="has answered already"):
        workflow.answer(escalation=raised, text="We do not.", by=cast.partner_la, now=NOW)
    second = workflow.escalate(action=action, level=Level.CHAIR, reason="Still.", by=cast.business_manager, now=NOW)
    with pytest.raises(NotPermitted, match="The chair answers"):
        workflow.answer(escalation=second, text="We do.", by=cast.partner_icb, now=NOW)


def test_only_the_chair_closes_without_a_meeting(cast):
    action = action_at(Status.COMPLETE)
    with pytest.raises(NotPermitted):
        workflow.close(action=action, how="chair", by=cast.business_manager, now=NOW)
    with pytest.raises(WorkflowError, match="Name the meeting"):
        workflow.close(action=action, how="meeting", by=cast.business_manager, now=NOW)
    workflow.close(action=action, how="meeting", meeting="Panel meeting, 3 March", by=cast.business_manager, now=NOW)
    workflow.reopen(action=action, reason="It did not last.", due_on=TODAY + timedelta(days=9), by=cast.chair, now=NOW)
    action.refresh_from_db()
    assert (action.closed_how, action.closed_meeting, action.completed_on) == ("", "", None)


def test_who_sees_which_action(cast):
    case, none = action_at(Status.OPEN, origin=case_origin()), action_at(Status.OPEN, text="Another thing.")
    wall_off(case.referral, cast.walled)

    def seen(user):
        return set(Action.objects.visible_to(user))

    assert seen(cast.chair) == seen(cast.scrutineer) == {case, none}
    assert seen(cast.walled) == {none}
    assert seen(cast.contributor) == {none}  # of their agency, and of no case; to the case nobody has invited them
    assert seen(cast.invited) == seen(cast.outsider) == set()


def test_no_letter_goes_through_a_wall_and_none_names_anybody(cast):
    origin = case_origin()
    wall_off(origin.referral, cast.walled)
    with pytest.raises(WorkflowError, match="conflict of interest"):
        propose(origin, lead_name="Wyn", lead_address=cast.walled.email)
    action = action_at(Status.OPEN, origin=origin)
    message = Message.objects.get(kind="action-assigned")
    assert (message.address, message.reference) == (LEAD, origin.referral.reference)
    assert SECRET in action.text
    assert SECRET not in message.text + message.subject
    assert not Event.objects.filter(verb__startswith="action.", text__contains=SECRET).exists()


def test_two_windows_and_a_date_that_only_the_chair_moves(cast):
    action = action_at(Status.OPEN)
    by = cast.business_manager
    workflow.change(action=action, facts=facts(text="New words.", due_on=TODAY), by=by, now=NOW, seen=None)
    action.refresh_from_db()
    assert (action.text, action.due_on) == ("New words.", TODAY + timedelta(days=30))
    with pytest.raises(WorkflowError, match="another window"):
        workflow.change(action=action, facts=facts(text="Old words."), by=by, now=NOW, seen="0" * 16)
    with pytest.raises(WorkflowError, match="not one of the other agencies"):
        propose(MEETING, others=(action.owner,))
