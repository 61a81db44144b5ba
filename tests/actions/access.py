"""Who gets what from the pages of the action log. Those behind a link lead whoever holds it to the code."""

import uuid
from datetime import timedelta

from django.utils import timezone

from actions import workflow
from actions.choices import Level
from actions.facts import from_review
from actions.states import Status
from agency_returns.actors import member
from tests.access import Row, World, everybody
from tests.actions.factories import LEAD, action_at, lead
from tests.agency_returns.factories import newest_token
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import invite, wall_off

PANEL = ("business_manager", "chair", "member", "deputy")
READERS = {"business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200}
HIDDEN = {"walled": 404, "outsider": 404, "anonymous": 302}
# An invited representative sees the actions of their own agency: here it is that of the member and the deputy.
ONE = READERS | {"invited": 404} | HIDDEN
LEADERS = ONE | {"member": 403, "deputy": 403, "partner": 403, "scrutineer": 403}
UPDATE = ONE | {"partner": 403, "scrutineer": 403}
LOG = everybody(200) | {"outsider": 403}
MANAGERS = everybody(403) | {"business_manager": 200, "chair": 200}
CASE = READERS | {"invited": 200} | HIDDEN


def build(world: World) -> None:
    """An open and a claimed action of a case with walls, a date asked for, an escalation, evidence, a live link."""
    bm, now = world.cast.business_manager, world.now
    review = rapid_review_at("gathering", by=bm, now=now)
    wall_off(review.referral, world.cast.walled, by=bm, now=now)
    invite(review.referral, world.cast.invited, by=bm, now=now)
    origin = from_review(review)
    world.action = action_at(Status.OPEN, origin=origin, now=now)
    world.action_token = newest_token("action-assigned", LEAD)
    later = timezone.localdate(now) + timedelta(days=60)
    world.date_change = workflow.ask_date(action=world.action, wanted_on=later, reason="Staff.", by=lead(), now=now)
    world.escalation = workflow.escalate(action=world.action, level=Level.EXECUTIVE, reason="Late.", by=bm, now=now)
    by = member(world.cast.member)
    world.evidence = workflow.give_evidence(action=world.action, elsewhere="Minutes", by=by, now=now)
    world.saved_filter = workflow.save_filter(name="Mine", query="status=open", by=bm)


def one(w, **more):
    return {"reference": w.action.reference} | more


def case(w):
    return {"reference": w.action.referral.reference}


def commissioned(w):
    return {"reference": w.practice_review.reference}


def by_link(w):
    return {"token": w.action_token}


def upload(w):
    return {"key": uuid.UUID(int=1)}


PAGES = ("note", "evidence", "date", "claim", "take-back")
ROWS = {
    "actions:log": Row(**LOG),
    "actions:add": Row(**everybody(403) | dict.fromkeys((*PANEL, "walled"), 200)),
    "actions:filter-save": Row(method="post", **everybody(302) | {"outsider": 403}),
    "actions:filter-remove": Row(
        lambda w: {"pk": w.saved_filter.pk}, method="post", **everybody(404) | {"business_manager": 302}
    ),
    "actions:export": Row(lambda w: {"kind": "csv"}, **LOG),
    "actions:chase": Row(**MANAGERS),
    "actions:import": Row(**MANAGERS),
    "actions:import-columns": Row(upload, **everybody(403) | {"business_manager": 404, "chair": 404}),
    "actions:import-preview": Row(upload, **everybody(403) | {"business_manager": 404, "chair": 404}),
    "actions:case": Row(case, **CASE),
    "actions:add-from-review": Row(case, **CASE | {"partner": 403, "scrutineer": 403, "invited": 403}),
    "actions:practice-review": Row(commissioned, **CASE),
    "actions:add-from-practice-review": Row(commissioned, **CASE | {"partner": 403, "scrutineer": 403, "invited": 403}),
    "actions:action": Row(one, **ONE),
    "actions:change": Row(one, **LEADERS),
    "actions:link-send": Row(one, method="post", **LEADERS | {"business_manager": 302, "chair": 302}),
    "actions:date-decide": Row(lambda w: one(w, pk=w.date_change.pk), **LEADERS | {"business_manager": 403}),
    "actions:escalation-answer": Row(lambda w: one(w, pk=w.escalation.pk), **LEADERS | {"partner": 200}),
    "actions:evidence-seen": Row(
        lambda w: one(w, pk=w.evidence.pk), method="post",
        **ONE | dict.fromkeys(PANEL, 302) | {"partner": 403, "scrutineer": 403},
    ),
    "actions:step": Row(lambda w: one(w, slug="cancel"), **LEADERS),
    "actions:mine-update": Row(one, **UPDATE | dict.fromkeys(PANEL, 302)),
    "actions:link-update": Row(by_link, **everybody(302)),
    **{f"actions:mine-{name}": Row(one, **UPDATE) for name in PAGES},
    **{f"actions:link-{name}": Row(by_link, **everybody(302)) for name in PAGES},
}  # fmt: skip
