"""Who gets what from the pages beside a review. Those behind a link lead whoever holds it to the code."""

from datetime import timedelta

from django.utils import timezone

from agency_returns.actors import Actor
from practice_reviews.choices import EventKind
from practice_reviews.workflow import checking, family, practitioners, proceedings
from rapid_reviews.choices import ProceedingKind
from tests.access import Row, World, everybody
from tests.agency_returns.factories import newest_token
from tests.practice_reviews.factories_beside import COMMENT, add_draft, case_review, circulate
from tests.referrals.factories import SECRET, invite, wall_off

READERS = {"business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200}
HIDDEN = {"walled": 404, "outsider": 404, "anonymous": 302}
ONE = READERS | {"invited": 404} | HIDDEN
LEADERS = ONE | {"member": 403, "deputy": 403, "partner": 403, "scrutineer": 403}
POST = LEADERS | {"business_manager": 302, "chair": 302}
# The check is of the agency of member and deputy; the invited representative of another sees the case, not this check.
MINE = everybody(403) | {"member": 200, "deputy": 200, "invited": 404} | HIDDEN


def build(world: World) -> None:
    """A review of a case with walls: family, an event, proceedings, a draft with an agency, a comment that waits."""
    bm, now = world.cast.business_manager, world.now
    review = world.beside = case_review(now=now, by=bm)
    wall_off(review.referral, world.cast.walled, by=bm, now=now)
    invite(review.referral, world.cast.invited, by=bm, now=now)
    later = timezone.localdate(now) + timedelta(days=9)
    world.relative = family.add_member(review=review, name=f"{SECRET} Kin", pseudonym="Aunt of Child A", by=bm, now=now)
    world.event = practitioners.plan_event(review=review, kind=EventKind.LEARNING, planned_on=later, by=bm, now=now)
    world.proceeding = proceedings.record_proceeding(
        review=review, kind=ProceedingKind.INQUEST, contact="Coroner", standing="Open", next_on=later, by=bm, now=now
    )
    world.fact_draft = add_draft(review, now=now)
    world.schools_check, world.hospital_check = sorted(
        circulate(world.fact_draft, "Schools", "Hospital", now=now), key=lambda one: one.agency.short_name, reverse=True
    )
    lead = Actor(world.schools_check.lead_name, world.schools_check.lead_address)
    world.draft_comment = checking.add_comment(check=world.schools_check, by=lead, now=now, **COMMENT)
    other = Actor(world.hospital_check.lead_name, world.hospital_check.lead_address)
    world.sent_comment = checking.add_comment(check=world.hospital_check, by=other, now=now, **COMMENT)
    checking.send(check=world.hospital_check, by=other, now=now)
    world.draft_token = newest_token("draft-out", world.schools_check.lead_address, review.case_reference)


def one(w, **more):
    return {"reference": w.beside.reference} | more


def draft(w, **more):
    return one(w, number=w.fact_draft.number, **more)


def mine(w, **more):
    return {"pk": w.schools_check.pk} | more


def by_link(w, **more):
    return {"token": w.draft_token} | more


def key(w):
    return {"key": w.draft_comment.key}


DOOR = {"check": {}, "file": {}, "comment-new": {}, "comment": key, "comment-remove": key, "send": {}, "none": {}}
DOOR |= {"take-back": {}}


def _with(base, more):
    return lambda w: base(w, **(more(w) if callable(more) else more))


def _tabs():
    return {f"practice_reviews:{name}": Row(one, **ONE) for name in TABS}


TABS = ("family", "practitioners", "proceedings", "drafts", "sign-off")
ROWS = {
    **_tabs(),
    "practice_reviews:family-add": Row(one, **LEADERS),
    "practice_reviews:family-member": Row(lambda w: one(w, key=w.relative.key), **ONE),
    "practice_reviews:family-reach": Row(lambda w: one(w, key=w.relative.key), **LEADERS),
    "practice_reviews:family-leave-out": Row(lambda w: one(w, key=w.relative.key), **LEADERS),
    "practice_reviews:family-contact": Row(lambda w: one(w, key=w.relative.key, slug="invite"), **LEADERS),
    "practice_reviews:event-add": Row(one, **LEADERS),
    **{
        f"practice_reviews:event-{name}": Row(lambda w: one(w, pk=w.event.pk), **LEADERS)
        for name in ("change", "held", "cancel", "again")
    },
    "practice_reviews:proceeding-add": Row(one, **LEADERS),
    "practice_reviews:proceeding-carry": Row(one, method="post", **POST),
    **{
        f"practice_reviews:proceeding-{name}": Row(lambda w: one(w, pk=w.proceeding.pk), **LEADERS)
        for name in ("change", "end", "reopen")
    },
    "practice_reviews:draft-add": Row(one, **LEADERS),
    "practice_reviews:draft": Row(draft, **ONE),
    "practice_reviews:draft-file": Row(draft, **ONE),
    **{
        f"practice_reviews:draft-{name}": Row(draft, **LEADERS) for name in ("circulate", "extend", "close", "withdraw")
    },
    "practice_reviews:check-again": Row(lambda w: draft(w, pk=w.schools_check.pk), method="post", **POST),
    "practice_reviews:check-close": Row(lambda w: draft(w, pk=w.schools_check.pk), **LEADERS),
    "practice_reviews:comment-answer": Row(lambda w: draft(w, key=w.sent_comment.key), **LEADERS),
    "practice_reviews:sign": Row(one, **LEADERS | {"business_manager": 403}),
    "practice_reviews:review-reopen": Row(one, **LEADERS),
    # No partners' agreement is asked for beside an LCSPR: the page is not there.
    "practice_reviews:partner-agree": Row(lambda w: one(w, partner="la"), **everybody(404)),
    "practice_reviews:agreement-withdraw": Row(lambda w: one(w, pk=1), **everybody(404)),
    **{f"practice_reviews:mine-{name}": Row(_with(mine, more), **MINE) for name, more in DOOR.items()},
    **{f"practice_reviews:link-{name}": Row(_with(by_link, more), **everybody(302)) for name, more in DOOR.items()},
}
