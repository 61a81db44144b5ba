"""Every status, verb and person: the table, the permissions and the workflow functions say the same."""

import pytest
from django.db import transaction
from django.utils import timezone

from core.errors import InvalidTransition, NotPermitted
from publications import workflow
from publications.permissions import verbs_for
from publications.states import TABLE, Status
from tests.publications.factories import publication_at, working_day
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
S = Status
LEADERS = {"business_manager", "chair", "deputy_chair"}
EVERYBODY = LEADERS | {"member", "deputy", "walled", "partner_la", "scrutineer", "invited", "contributor", "outsider"}

# Written out a second time, on purpose: verb → (from which statuses, to which, who may).
EXPECTED = {
    "publish": ({S.PLANNED}, S.PUBLISHED, LEADERS),
    "withhold": ({S.PLANNED}, S.WITHHELD, LEADERS),
    "plan_again": ({S.WITHHELD, S.TAKEN_DOWN}, S.PLANNED, LEADERS),
    "take_down": ({S.PUBLISHED}, S.TAKEN_DOWN, LEADERS),
}
# "Already done is a quiet success": in these statuses the verb changes nothing and says nothing.
QUIET = {"publish": S.PUBLISHED, "withhold": S.WITHHELD, "plan_again": S.PLANNED, "take_down": S.TAKEN_DOWN}


def call(verb, publication, by, now):
    more = {
        "withhold": {"justification": "It would harm.", "improvements": "We share sooner."},
        "plan_again": {"planned_on": working_day(20, now)},
        "take_down": {"reason": "A mistake."},
    }
    return getattr(workflow, verb)(publication=publication, by=by, now=now, **more.get(verb, {}))


def test_the_table_has_exactly_these_transitions():
    assert set(TABLE.verbs) == set(EXPECTED)
    for verb, (sources, target, _) in EXPECTED.items():
        assert {s for s in Status if TABLE.find(s, verb)} == sources, verb
        assert {TABLE.find(s, verb).target for s in sources} == {target}


@pytest.mark.parametrize("status", Status.values)
def test_who_may_what_and_the_workflow_does_what_the_table_says(cast, status):
    """Each attempt is undone."""
    publication, now = publication_at(Status(status))
    on = timezone.localdate(now)
    for name in EVERYBODY:
        wanted = {verb for verb, (sources, _, who) in EXPECTED.items() if status in sources and name in who}
        assert verbs_for(getattr(cast, name), publication, on=on) == wanted, name
    for verb, (sources, target, _) in EXPECTED.items():
        with pytest.raises(NotPermitted), transaction.atomic():
            call(verb, publication, cast.member, now)
        with transaction.atomic():
            if status in sources or status == QUIET[verb]:
                call(verb, publication, cast.chair, now)
                publication.refresh_from_db()
                assert publication.status == (target if status in sources else status), verb
            else:
                with pytest.raises(InvalidTransition), transaction.atomic():
                    call(verb, publication, cast.chair, now)
            transaction.set_rollback(True)
        publication.refresh_from_db()
        assert publication.status == status
    wall_off(publication.practice_review.referral, cast.chair)
    assert verbs_for(cast.chair, publication, on=on) == frozenset()
    with pytest.raises(NotPermitted):
        call("publish", publication, cast.chair, now)
