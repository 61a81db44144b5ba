"""Actions at any status, by the real workflow. All names are invented and must never leak."""

from datetime import date, timedelta

from django.utils import timezone

from actions import workflow
from actions.choices import ClosedBy, Source
from actions.facts import Facts, Origin, from_review
from actions.models import Action
from actions.states import Status
from agency_returns.actors import Actor
from panel.models import Agency
from panel.roles import Role
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import SECRET, person_with

TEXT = f"Teach what {SECRET} taught us."
LEAD = "lee.invented@agency.example"
MEETING = Origin(source=Source.MEETING, meeting="Panel meeting", meeting_on=date(2026, 3, 12))


def lead() -> Actor:
    return Actor("Lee Invented", LEAD)


def facts(owner=None, *, due_on=None, **over) -> Facts:
    given = {"text": TEXT, "lead_name": "Lee Invented", "lead_address": LEAD} | over
    owner = owner or Agency.objects.get(short_name="Schools")
    return Facts(owner=owner, due_on=due_on or timezone.localdate() + timedelta(days=30), **given)


def propose(origin=MEETING, *, by=None, now=None, owner=None, due_on=None, **over) -> Action:
    now = now or timezone.now()
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    return workflow.propose(origin=origin, facts=facts(owner, due_on=due_on, **over), by=by, now=now)


def case_origin(now=None, **more) -> Origin:
    return from_review(rapid_review_at("gathering", now=now, **more))


def action_at(status: Status, *, origin=MEETING, now=None, **over) -> Action:
    """An action at `status`; everything happens at `now`."""
    now = now or timezone.now()
    bm, chair = person_with(Role.BUSINESS_MANAGER, now), person_with(Role.CHAIR, now)
    action = propose(origin, now=now, **over)
    if status == Status.CANCELLED:
        workflow.cancel(action=action, reason="Not needed.", by=bm, now=now)
    elif status != Status.PROPOSED:
        workflow.agree(action=action, by=bm, now=now)
        if status != Status.OPEN:
            _end(action, status, bm, chair, now)
    return Action.objects.select_related("referral", "owner", "lead").get(pk=action.pk)


def _end(action, status, bm, chair, now) -> None:
    given = workflow.give_evidence(action=action, elsewhere="Minutes of our board", by=lead(), now=now)
    workflow.claim(action=action, by=lead(), now=now)
    if status in (Status.COMPLETE, Status.CLOSED):
        workflow.see_evidence(evidence=given, by=bm, now=now)
        workflow.confirm(action=action, by=bm, now=now)
    if status == Status.CLOSED:
        workflow.close(action=action, how=ClosedBy.CHAIR, by=chair, now=now)
