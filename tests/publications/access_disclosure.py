"""Who gets what from the pages of the disclosure check: rows, and what they need, for tests/publications/access.py."""

from django.utils import timezone

from publications.workflow import disclosure
from tests.access import Row, World, everybody
from tests.publications.disclosure.factories import LEAK, checked
from tests.publications.factories import planned
from tests.referrals.factories import invite, wall_off

# Who reads commissioned reviews reads how the check stands; an invited representative sees the case, not the check.
READERS = dict.fromkeys(("business_manager", "chair", "member", "deputy", "partner", "scrutineer"), 200)
HIDDEN = {"walled": 404, "outsider": 404, "anonymous": 302}
PAGE = READERS | {"invited": 403} | HIDDEN
LEADERS = everybody(403) | {"business_manager": 200, "chair": 200} | HIDDEN
PRESS = LEADERS | {"business_manager": 302, "chair": 302}


def build(world: World) -> None:
    """A publication of a case with walls, checked, with one finding proposed to be accepted."""
    bm, now = world.cast.business_manager, world.now
    world.checked = checked(planned(now=now, number=70), LEAK, by=bm, now=now)
    referral = world.checked.publication.practice_review.referral
    wall_off(referral, world.cast.walled, by=bm, now=now)
    invite(referral, world.cast.invited, by=bm, now=now)
    world.finding = world.checked.findings.get()
    disclosure.propose(
        publication=world.checked.publication, findings=[world.finding], reason="A flower.", by=bm,
        now=timezone.now(),
    )  # fmt: skip


def one(w):
    return {"reference": w.checked.publication.practice_review.reference}


def numbered(w):
    return one(w) | {"number": w.checked.number}


ROWS = {
    "publications:disclosure": Row(one, **PAGE),
    "publications:disclosure-check": Row(numbered, **PAGE),
    "publications:disclosure-ask": Row(one, **LEADERS),
    "publications:disclosure-again": Row(one, method="post", **PRESS),
    "publications:disclosure-propose": Row(one, **LEADERS),
    "publications:disclosure-decide": Row(one, **LEADERS),
    "publications:disclosure-reopen": Row(one, **LEADERS),
    "publications:disclosure-list": Row(numbered, **LEADERS),
}
