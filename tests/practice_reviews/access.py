"""Who gets what from the pages of commissioned reviews. The page behind a link leads whoever holds it to the code."""

from practice_reviews import workflow
from tests.access import Row, World, everybody
from tests.agency_returns.factories import newest_token
from tests.practice_reviews import access_beside
from tests.practice_reviews.factories import LEAD, lcspr, single, with_reviewer
from tests.referrals.factories import invite, wall_off

READERS = {"business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200}
HIDDEN = {"walled": 404, "outsider": 404, "anonymous": 302}
ONE = READERS | {"invited": 200} | HIDDEN
LEADERS = ONE | dict.fromkeys(("member", "deputy", "partner", "scrutineer", "invited"), 403)
# A single-agency review of Schools that belongs to no case: it is the Panel's.
PANELS = READERS | {"walled": 200, "invited": 404, "outsider": 404, "anonymous": 302}
MANAGERS = PANELS | dict.fromkeys(("member", "deputy", "partner", "scrutineer", "walled"), 403)
ANSWERING = dict.fromkeys(("member", "deputy"), 200)


def build(world: World) -> None:
    """An LCSPR of a case with walls, its reviewer and letters; a single-agency review of no case with a live link."""
    bm, now = world.cast.business_manager, world.now
    world.practice_review = lcspr(now=now)
    case = world.practice_review.referral
    wall_off(case, world.cast.walled, by=bm, now=now)
    invite(case, world.cast.invited, by=bm, now=now)
    with_reviewer(world.practice_review, now=now)
    world.letter = workflow.write_letters(review=world.practice_review, by=bm, now=now)[0]
    world.single, world.ask = single(now=now)
    world.ask_token = newest_token("review-asked", LEAD)
    access_beside.build(world)


def one(w, **more):
    return {"reference": w.practice_review.reference} | more


def letter(w):
    return one(w, pk=w.letter.pk)


def case(w):
    return {"reference": w.practice_review.referral.reference}


def ask(w, **more):
    return {"reference": w.single.reference} | more


ROWS = access_beside.ROWS | {
    "practice_reviews:list": Row(**everybody(200) | {"outsider": 403}),
    "practice_reviews:commission": Row(**everybody(403) | {"business_manager": 200, "chair": 200}),
    "practice_reviews:case": Row(case, **ONE),
    "practice_reviews:commission-case": Row(case, **LEADERS),
    "practice_reviews:review": Row(one, **ONE),
    "practice_reviews:letter": Row(letter, **ONE),
    "practice_reviews:letter-pdf": Row(letter, **ONE),
    "practice_reviews:step": Row(lambda w: one(w, slug="scope"), **LEADERS),
    "practice_reviews:row-step": Row(lambda w: one(w, slug="letter-sent", pk=w.letter.pk), **LEADERS),
    "practice_reviews:ask-answer": Row(ask, **MANAGERS | ANSWERING | {"business_manager": 403, "chair": 403}),
    "practice_reviews:ask-step": Row(lambda w: ask(w, slug="withdraw"), **MANAGERS | {"business_manager": 403}),
    "practice_reviews:ask-link": Row(lambda w: {"token": w.ask_token}, **everybody(302)),
}
