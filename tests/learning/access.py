"""Who gets what from the pages of learning. Those behind a link lead whoever holds it to the code."""

from learning.states import BriefingStatus, CascadeStatus, MessageStatus, PointStatus, ReadingStatus
from tests.access import Row, World, everybody
from tests.agency_returns.factories import newest_token
from tests.learning.factories import (
    LEAD,
    briefing_at,
    cascade_at,
    case_origin,
    message_at,
    point_at,
    review_at,
)
from tests.referrals.factories import invite, wall_off

PANEL = ("business_manager", "chair", "member", "deputy", "walled")
NOBODY = {"invited": 404, "outsider": 404, "anonymous": 302}
NO_RIGHT = {"invited": 403, "outsider": 403, "anonymous": 302}
READERS = dict.fromkeys((*PANEL, "partner", "scrutineer"), 200)
LIST = READERS | NO_RIGHT
EDITORS = dict.fromkeys(PANEL, 200) | {"partner": 403, "scrutineer": 403}
LEADERS = dict.fromkeys(("member", "deputy", "walled", "partner", "scrutineer"), 403)
LEADERS |= {"business_manager": 200, "chair": 200}
# A point of a case, behind the wall of one member.
POINT = READERS | NOBODY | {"walled": 404}
# Messages, products, reviews of others belong to no case.
OPEN = READERS | NOBODY
PRESS = LEADERS | NOBODY | {"business_manager": 302, "chair": 302}
CASE = READERS | {"invited": 403, "walled": 404, "outsider": 404, "anonymous": 302}


def build(world: World) -> None:
    """A point behind a wall, a message that rests on it, one of everything that follows, a live link."""
    bm, now = world.cast.business_manager, world.now
    origin = case_origin(now=now, by=bm)
    wall_off(origin.referral, world.cast.walled, by=bm, now=now)
    invite(origin.referral, world.cast.invited, by=bm, now=now)
    world.point = point_at(PointStatus.AGREED, origin=origin, now=now)
    world.proposed_point = point_at(origin=origin, text="Ask twice.", now=now)
    world.other_review = review_at(ReadingStatus.READING, readers=[world.cast.member], now=now)
    world.message = message_at(MessageStatus.DRAFTED, points=[world.point], now=now)
    world.cascade = cascade_at(CascadeStatus.ASKED, now=now)
    world.cascade_token = newest_token("learning-cascade", LEAD)
    world.briefing = briefing_at(BriefingStatus.FINISHED, message=world.cascade.product.message, now=now)


def point(w, **more):
    return {"reference": w.proposed_point.reference} | more


def case(w):
    return {"reference": w.point.referral.reference}


def review(w, **more):
    return {"reference": w.other_review.reference} | more


def draft(w, **more):
    return {"reference": w.message.reference} | more


def agreed(w, **more):
    return {"reference": w.cascade.product.message.reference} | more


def product(w, **more):
    return agreed(w, pk=w.cascade.product_id, **more)


def press(w):
    return product(w, cascade=w.cascade.pk, slug="withdraw")


LED = LEADERS | NOBODY
ROWS = {
    "learning:point-list": Row(**LIST),
    "learning:point-add": Row(**EDITORS | NO_RIGHT),
    "learning:case": Row(case, **CASE),
    "learning:point-add-from-case": Row(case, **CASE | {"partner": 403, "scrutineer": 403}),
    "learning:point": Row(point, **POINT),
    "learning:point-change": Row(point, **POINT | {"partner": 403, "scrutineer": 403}),
    "learning:point-step": Row(lambda w: point(w, slug="agree"), **LED | {"walled": 404}),
    "learning:review-list": Row(**LIST),
    "learning:review-add": Row(**EDITORS | NO_RIGHT),
    "learning:review": Row(review, **OPEN),
    "learning:review-change": Row(review, **EDITORS | NOBODY),
    "learning:review-assign": Row(review, **LED),
    "learning:review-read": Row(review, **dict.fromkeys(READERS, 403) | NOBODY | {"member": 200}),
    "learning:review-decide": Row(review, **LED),
    "learning:review-step": Row(lambda w: review(w, slug="reopen"), **PRESS),
    "learning:message-list": Row(**LIST),
    "learning:message-add": Row(**LEADERS | NO_RIGHT),
    "learning:message": Row(draft, **OPEN),
    "learning:message-change": Row(draft, **LED),
    "learning:message-step": Row(lambda w: draft(w, slug="recommend"), **LED),
    "learning:impact": Row(lambda w: agreed(w, months=6), **LED),
    "learning:product-add": Row(agreed, **LED),
    "learning:product": Row(product, **OPEN),
    "learning:product-change": Row(product, **LED),
    "learning:product-ask": Row(product, **LED),
    "learning:product-attendance": Row(product, **LED),
    "learning:product-step": Row(lambda w: product(w, slug="issue"), **PRESS),
    "learning:cascade-press": Row(press, method="post", **PRESS),
    "learning:briefing-begin": Row(draft, method="post", **PRESS),
    "learning:briefing": Row(agreed, **OPEN),
    "learning:briefing-write": Row(agreed, **LED),
    "learning:briefing-take": Row(lambda w: agreed(w, kind="docx"), **OPEN),
    "learning:briefing-step": Row(lambda w: agreed(w, slug="reopen"), **LED),
    "learning:charts": Row(**LIST),
    "learning:link-confirm": Row(lambda w: {"token": w.cascade_token}, **everybody(302)),
    # Member and deputy are of the agency that is asked; the leaders may for one that rang.
    "learning:mine-confirm": Row(
        lambda w: {"pk": w.cascade.pk}, **LED | {"member": 200, "deputy": 200}
    ),
}  # fmt: skip
