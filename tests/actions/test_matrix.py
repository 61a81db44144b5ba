"""Every status, verb and person: the table, the permissions and the workflow functions say the same."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from actions import workflow
from actions.permissions import verbs_for
from actions.states import TABLE, Status
from agency_returns.actors import member
from core.errors import InvalidTransition, NotPermitted
from tests.actions.factories import action_at, case_origin
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
S = Status
NOW = timezone.now()
LEADERS = {"business_manager", "chair", "deputy_chair"}
AGENCY = LEADERS | {"member", "deputy", "contributor"}  # the action is of Schools; who manages the log may write for it
EVERYBODY = AGENCY | {"second_member", "walled", "partner_la", "scrutineer", "invited", "outsider"}

# Written out a second time, on purpose: verb → (from which statuses, to which, who may).
EXPECTED = {
    "agree": ({S.PROPOSED}, S.OPEN, LEADERS),
    "claim": ({S.OPEN}, S.CLAIMED, AGENCY),
    "take_back": ({S.CLAIMED}, S.OPEN, AGENCY),
    "send_back": ({S.CLAIMED}, S.OPEN, LEADERS),
    "confirm": ({S.CLAIMED}, S.COMPLETE, LEADERS),
    "close": ({S.COMPLETE}, S.CLOSED, LEADERS),
    "cancel": ({S.PROPOSED, S.OPEN, S.CLAIMED}, S.CANCELLED, LEADERS),
    "reopen": ({S.COMPLETE, S.CLOSED, S.CANCELLED}, S.OPEN, LEADERS),
}
# "Already done is a quiet success": in these statuses the verb changes nothing and says nothing.
QUIET = {
    "agree": {S.OPEN}, "claim": {S.CLAIMED}, "take_back": {S.OPEN}, "confirm": {S.COMPLETE}, "close": {S.CLOSED},
    "cancel": {S.CANCELLED},
}  # fmt: skip


def call(verb, action, by):
    more = {
        "send_back": {"reason": "More is needed."},
        "close": {"how": "meeting", "meeting": "Panel meeting of today"},
        "cancel": {"reason": "Overtaken."},
        "reopen": {"reason": "Not lasting.", "due_on": timezone.localdate() + timedelta(days=9)},
    }
    who = member(by) if verb in ("claim", "take_back") else by
    return getattr(workflow, verb)(action=action, by=who, now=NOW, **more.get(verb, {}))


def test_the_table_has_exactly_these_transitions():
    assert set(TABLE.verbs) == set(EXPECTED)
    for verb, (sources, target, _) in EXPECTED.items():
        assert {s for s in Status if TABLE.find(s, verb)} == sources, verb
        assert {TABLE.find(s, verb).target for s in sources} == {target}


@pytest.mark.parametrize("status", Status.values)
def test_who_may_what_in_each_status(cast, status):
    action = action_at(Status(status))
    for name in EVERYBODY:
        wanted = {verb for verb, (sources, _, who) in EXPECTED.items() if status in sources and name in who}
        assert verbs_for(getattr(cast, name), action, on=timezone.localdate()) == wanted, name


@pytest.mark.parametrize("status", Status.values)
def test_the_workflow_does_what_the_table_says_and_nothing_else(cast, status):
    """Each attempt is undone."""
    action = action_at(Status(status))
    if status == S.OPEN:
        workflow.give_evidence(action=action, elsewhere="Minutes", by=member(cast.member), now=NOW)
    if status == S.CLAIMED:
        workflow.see_evidence(evidence=action.evidence.get(), by=cast.chair, now=NOW)
    for verb, (sources, target, who) in EXPECTED.items():
        able = cast.member if who == AGENCY else cast.chair
        with pytest.raises(NotPermitted), transaction.atomic():
            call(verb, action, cast.second_member)
        with transaction.atomic():
            if status in sources or status in QUIET.get(verb, ()):
                call(verb, action, able)
                action.refresh_from_db()
                assert action.status == (target if status in sources else status), verb
            else:
                with pytest.raises(InvalidTransition), transaction.atomic():
                    call(verb, action, able)
            transaction.set_rollback(True)
        action.refresh_from_db()
        assert action.status == status


def test_a_wall_is_stronger_than_every_right(cast):
    action = action_at(Status.PROPOSED, origin=case_origin())
    wall_off(action.referral, cast.chair)
    assert verbs_for(cast.chair, action, on=timezone.localdate()) == frozenset()
    with pytest.raises(NotPermitted):
        workflow.agree(action=action, by=cast.chair, now=NOW)
