"""Every status by verb by role: only what the table says happens."""

import itertools

import pytest
from django.utils import timezone

from core.errors import NotPermitted, WorkflowError
from panel.permissions import GRANTS
from panel.roles import Role
from referrals import permissions, workflow
from referrals.choices import Decision
from referrals.states import TABLE, Status
from tests.referrals.factories import referral_at, screening_facts

pytestmark = pytest.mark.django_db

PEOPLE = {
    Role.BUSINESS_MANAGER: "business_manager",
    Role.CHAIR: "chair",
    Role.DEPUTY_CHAIR: "deputy_chair",
    Role.MEMBER: "member",
    Role.NAMED_DEPUTY: "deputy",
    Role.SAFEGUARDING_PARTNER: "partner_la",
    Role.SCRUTINEER: "scrutineer",
}


def do(verb, referral, by):
    """Call the workflow function of a verb, with answers that fit the case."""
    now = timezone.now()
    if verb in Decision.values:
        facts = screening_facts(Decision(verb))
        workflow.screen(referral=referral, facts=facts, by=by, now=now)
    elif verb in {"withdraw", "stop_rapid_review"}:
        getattr(workflow, verb)(referral=referral, reason="Recorded twice.", by=by, now=now)
    elif verb == "record":
        workflow.record_referral(draft=referral, by=by, now=now)
    elif verb == "discard_draft":
        workflow.discard_draft(draft=referral, by=by, now=now)
    else:
        getattr(workflow, verb)(referral=referral, by=by, now=now)


def facts_for(verb):
    """The case must suit the outcome: only one that nobody notified goes to the Panel."""
    return {"kind": "referral"} if verb == "put_to_the_panel" else {}


@pytest.mark.parametrize(("status", "verb"), list(itertools.product(Status, TABLE.verbs)))
def test_a_verb_leads_where_the_table_says_or_nowhere(cast, status, verb):
    referral = referral_at(status, **facts_for(verb))
    row = TABLE.find(status, verb)
    # Done already is a quiet success for these; everything else that the table lacks is refused.
    quiet = (verb, status) in {
        ("withdraw", Status.WITHDRAWN),
        ("discard_draft", Status.DISCARDED),
        *(("record", s) for s in Status if s not in {Status.DRAFT, Status.DISCARDED}),
        *((d.value, s) for d, s in SAME.items()),
        # Accepted with these very answers, and gone on from there since.
        *((Decision.RAPID_REVIEW.value, s) for s in (Status.UNDER_REVIEW, Status.REVIEWED)),
    }
    if row is None and not quiet:
        with pytest.raises(WorkflowError):
            do(verb, referral, cast.business_manager)
    else:
        do(verb, referral, cast.business_manager)
    referral.refresh_from_db()
    assert referral.status == (row.target if row else status)


SAME = {
    Decision.RAPID_REVIEW: Status.ACCEPTED,
    Decision.PANEL: Status.PANEL_CONSIDERATION,
    Decision.MORE_INFORMATION: Status.MORE_INFORMATION,
    Decision.REDIRECT: Status.REDIRECTED,
    Decision.NOT_MET: Status.NOT_MET,
}


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("verb", TABLE.verbs)
def test_only_the_roles_of_the_table_may(cast, verb, role):
    transition = next(t for t in TABLE.transitions if t.verb == verb)
    status = next(s for s in Status if s in transition.sources)
    person = getattr(cast, PEOPLE[role])
    # A draft is its author's: where the role may not begin one, the business manager's is tried.
    author = person if role in GRANTS[permissions.WHO["record"]] else cast.business_manager
    referral = referral_at(status, by=author if status == Status.DRAFT else None, **facts_for(verb))
    allowed = role in GRANTS[permissions.WHO[verb]]
    assert permissions.can_verb(person, verb, referral, on=timezone.localdate()) == allowed
    if allowed:
        do(verb, referral, person)
    else:
        with pytest.raises(NotPermitted):
            do(verb, referral, person)
    referral.refresh_from_db()
    assert referral.status == (transition.target if allowed else status)


@pytest.mark.parametrize("verb", [v for v in TABLE.verbs if v not in {"record", "discard_draft"}])
def test_a_wall_stops_even_the_chair(cast, verb):
    transition = next(t for t in TABLE.transitions if t.verb == verb)
    status = next(s for s in Status if s in transition.sources)
    referral = referral_at(status, **facts_for(verb))
    workflow.record_conflict(
        referral=referral, member=cast.chair, kind="personal", reason="A friend.", by=cast.business_manager,
        now=timezone.now(),
    )  # fmt: skip
    with pytest.raises(NotPermitted):
        do(verb, referral, cast.chair)


def test_every_status_has_somebody_who_holds_the_ball():
    assert set(TABLE.owners) == set(Status)
