"""Every status, verb and person: the tables, the permissions and the workflow say the same."""

import pytest
from django.db import transaction
from django.utils import timezone

from core.errors import InvalidTransition, NotPermitted, WorkflowError
from meetings import workflow
from meetings.models import Invitation, Minutes, Sitting
from meetings.permissions import verbs_for_invitation
from meetings.states import MINUTES, REPLIES, SITTINGS, MinutesStatus, Reply, Stage
from tests.meetings.factories import day_of, ended, invitation_of, invited, planned

pytestmark = pytest.mark.django_db
NOW = timezone.now()
R, S, M = Reply, Stage, MinutesStatus
LEADERS = {"business_manager", "chair", "deputy_chair"}
OTHERS = {"second_member", "deputy", "partner_la", "scrutineer", "invited", "outsider"}

# Written out a second time, on purpose: verb → (from which statuses, to which).
EXPECTED = {
    REPLIES: {
        "accept": ({R.INVITED, R.DECLINED}, R.ACCEPTED),
        "decline": ({R.INVITED, R.ACCEPTED}, R.DECLINED),
        "ask_again": (set(R), R.INVITED),
        "withdraw": (set(R) - {R.WITHDRAWN}, R.WITHDRAWN),
    },
    SITTINGS: {
        "open": ({S.PREPARING}, S.OPEN),
        "end": ({S.OPEN}, S.ENDED),
        "resume": ({S.ENDED}, S.OPEN),
    },
    MINUTES: {
        "correct": ({M.DRAFT, M.CIRCULATED}, M.DRAFT),
        "circulate": ({M.DRAFT}, M.CIRCULATED),
        "approve": ({M.CIRCULATED}, M.APPROVED),
    },
}


@pytest.mark.parametrize("table", EXPECTED, ids=lambda table: table.name)
def test_the_tables_have_exactly_these_transitions(table):
    assert set(table.verbs) == set(EXPECTED[table])
    for verb, (sources, target) in EXPECTED[table].items():
        assert {s for s in table.statuses if table.find(s, verb)} == sources, verb
        assert {table.find(s, verb).target for s in sources} == {target}, verb


def reply_at(status, meeting, cast) -> Invitation:
    mine = invitation_of(meeting, cast.member)
    if status == R.ACCEPTED:
        workflow.accept(invitation=mine, by=cast.member, now=NOW)
    elif status in (R.DECLINED, R.WITHDRAWN):
        workflow.decline(invitation=mine, by=cast.member, now=NOW)
    if status == R.WITHDRAWN:
        workflow.accept(invitation=mine, by=cast.member, now=NOW)
        return invitation_of(meeting, cast.deputy)
    mine.refresh_from_db()
    return mine


@pytest.mark.parametrize("status", R.values)
def test_who_may_reply_in_each_status(cast, status):
    row = reply_at(status, invited(), cast)
    own = row.membership.user
    today = timezone.localdate()
    for name in LEADERS | OTHERS | {"member"}:
        person = getattr(cast, name)
        wanted = {v for v, (sources, _) in EXPECTED[REPLIES].items() if status in sources}
        if name not in LEADERS:
            wanted = wanted & {"accept", "decline"} if person == own else set()
        assert verbs_for_invitation(person, row, on=today) == wanted, name
    for verb, quiet in (("accept", R.ACCEPTED), ("decline", R.DECLINED)):
        sources, target = EXPECTED[REPLIES][verb]
        with transaction.atomic():
            with pytest.raises(NotPermitted), transaction.atomic():
                getattr(workflow, verb)(invitation=row, by=cast.second_member, now=NOW)
            if status in sources or status == quiet:
                getattr(workflow, verb)(invitation=row, by=own, now=NOW)
                row.refresh_from_db()
                assert row.status == target
            else:
                with pytest.raises(InvalidTransition), transaction.atomic():
                    getattr(workflow, verb)(invitation=row, by=own, now=NOW)
            transaction.set_rollback(True)
        row.refresh_from_db()
        assert row.status == status


SITS = {"open": workflow.open_sitting, "end": workflow.end_sitting, "resume": workflow.resume_sitting}


@pytest.mark.parametrize("stage", S.values)
def test_the_sitting_does_what_the_table_says_and_nothing_else(cast, stage):
    meeting, bm = planned(), cast.business_manager
    then = day_of(meeting)
    if stage != S.PREPARING:
        workflow.open_sitting(meeting=meeting, by=bm, now=then)
    if stage == S.ENDED:
        workflow.end_sitting(meeting=meeting, by=bm, now=then)
    for verb, (sources, target) in EXPECTED[SITTINGS].items():
        for name in OTHERS:
            with pytest.raises(NotPermitted), transaction.atomic():
                SITS[verb](meeting=meeting, by=getattr(cast, name), now=then)
        with transaction.atomic():
            if stage in sources or stage == target:
                SITS[verb](meeting=meeting, by=cast.chair, now=then)
                assert Sitting.objects.get(meeting=meeting).stage == target, verb
            else:
                with pytest.raises(InvalidTransition), transaction.atomic():
                    SITS[verb](meeting=meeting, by=cast.chair, now=then)
            transaction.set_rollback(True)


def minutes_at(status, cast) -> Minutes:
    meeting, bm = ended(cast), cast.business_manager
    minutes = workflow.draft_minutes(meeting=meeting, by=bm, now=day_of(meeting, 17))
    if status != M.DRAFT:
        workflow.circulate_minutes(minutes=minutes, by=bm, now=day_of(meeting, 17))
    cast.next = planned(on=meeting.on, at=timezone.datetime(2026, 1, 1, 18).time())
    workflow.open_sitting(meeting=cast.next, by=bm, now=day_of(meeting, 18))
    if status == M.APPROVED:
        workflow.approve_minutes(minutes=minutes, meeting=cast.next, by=bm, now=day_of(meeting, 18))
    return Minutes.objects.select_related("meeting").get(pk=minutes.pk)


@pytest.mark.parametrize("status", M.values)
def test_the_minutes_do_what_the_table_says_and_nothing_else(cast, status):
    minutes = minutes_at(status, cast)
    then = day_of(minutes.meeting, 19)
    entry = minutes.entries.select_related("minutes").first()
    calls = {
        "correct": lambda by: workflow.correct_entry(entry=entry, text="Put right.", version=1, by=by, now=then),
        "circulate": lambda by: workflow.circulate_minutes(minutes=minutes, by=by, now=then),
        "approve": lambda by: workflow.approve_minutes(minutes=minutes, meeting=cast.next, by=by, now=then),
    }
    for verb, (sources, target) in EXPECTED[MINUTES].items():
        with pytest.raises(NotPermitted), transaction.atomic():
            calls[verb](cast.second_member)
        with transaction.atomic():
            if status in sources or (status == target and verb != "correct"):
                calls[verb](cast.chair)
                minutes.refresh_from_db()
                assert minutes.status == target, verb
            else:
                with pytest.raises(WorkflowError), transaction.atomic():
                    calls[verb](cast.chair)
            transaction.set_rollback(True)
        minutes.refresh_from_db()
        assert minutes.status == status
