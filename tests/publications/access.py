"""Who gets what from the pages of publication. The public page is off, so it is there for nobody."""

from publications import workflow
from tests.access import Row, World, everybody
from tests.publications import access_disclosure
from tests.publications.factories import planned, review, save_strategy, with_words
from tests.referrals.factories import invite, wall_off

READERS = {"business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200}
HIDDEN = {"walled": 404, "outsider": 404, "anonymous": 302}
ONE = READERS | {"invited": 200} | HIDDEN
LEADERS = ONE | {"member": 403, "deputy": 403, "partner": 403, "scrutineer": 403, "invited": 403}
PRESS = LEADERS | {"business_manager": 302, "chair": 302}
LIST = everybody(200) | {"outsider": 403}
PUBLIC = everybody(404, anonymous=404)


def build(world: World) -> None:
    """A planned publication of a case with walls, with its words and a media strategy; a review with none."""
    bm, now = world.cast.business_manager, world.now
    of = review(now=now, number=1)
    wall_off(of.referral, world.cast.walled, by=bm, now=now)
    invite(of.referral, world.cast.invited, by=bm, now=now)
    world.publication = with_words(planned(of, now=now), now=now, file=True)
    save_strategy(world.publication, now=now)
    world.unplanned = review(now=now, number=2)
    wall_off(world.unplanned.referral, world.cast.walled, by=bm, now=now)
    invite(world.unplanned.referral, world.cast.invited, by=bm, now=now)
    world.publication_step = world.publication.steps.get(kind="staff")
    world.day_item = world.publication.day_items.first()
    workflow.complete_step(step=world.publication.steps.get(kind="agencies"), done_on=now.date(), by=bm, now=now)
    access_disclosure.build(world)


def one(w, **more):
    return {"reference": w.publication.reference} | more


def slug(w):
    return {"slug": w.publication.slug}


FORMS = ("move", "step-add", "text", "report", "strategy-edit", "publish", "take-down", "withhold", "plan-again",
         "told", "comment", "day-add")  # fmt: skip
ROWS = {
    "publications:list": Row(**LIST),
    "publications:case": Row(lambda w: {"reference": w.publication.case_reference}, **ONE),
    "publications:start": Row(lambda w: {"reference": w.unplanned.reference}, **LEADERS),
    "publications:publication": Row(one, **ONE),
    "publications:strategy": Row(one, **ONE),
    "publications:strategy-version": Row(lambda w: one(w, number=1), **ONE),
    "publications:strategy-pdf": Row(one, **ONE),
    "publications:day": Row(one, **ONE),
    "publications:agree": Row(
        lambda w: one(w, subject="report"), **ONE | {"member": 403, "deputy": 403, "scrutineer": 403, "invited": 403}
    ),
    "publications:step": Row(lambda w: one(w, pk=w.publication_step.pk), **LEADERS),
    "publications:day-change": Row(lambda w: one(w, pk=w.day_item.pk), **LEADERS),
    "publications:day-remove": Row(lambda w: one(w, pk=w.day_item.pk), method="post", **PRESS),
    "publications:day-tick": Row(lambda w: one(w, pk=w.day_item.pk), method="post", data={"done": "yes"}, **PRESS),
    "publications:check-links": Row(one, method="post", **PRESS),
    **{f"publications:{name}": Row(one, **LEADERS) for name in FORMS},
    "published:list": Row(**PUBLIC),
    "published:report": Row(slug, **PUBLIC),
    "published:file": Row(slug, **PUBLIC),
} | access_disclosure.ROWS
