"""Who gets what from the pages of the meetings. An item about a case does not exist for whom the case is closed to."""

from datetime import time, timedelta

from django.utils import timezone

from meetings import workflow
from tests.access import Row, World, everybody
from tests.agency_returns.factories import newest_token
from tests.meetings.factories import day_of, invitation_of, item_of, planned, seat, working_day
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import wall_off

READERS = everybody(200) | {"invited": 403, "outsider": 403}
LEADERS = everybody(403) | {"business_manager": 200, "chair": 200}
POSTED = everybody(403) | {"business_manager": 302, "chair": 302}
NOWHERE = everybody(404) | {"invited": 403, "outsider": 403}


def build(world: World) -> None:
    """A meeting to come with its agenda, one that sat today with captured items and minutes; a case behind a wall."""
    bm, now = world.cast.business_manager, world.now
    review = rapid_review_at("gathering", by=bm, now=now)
    wall_off(review.referral, world.cast.walled, by=bm, now=now)
    today = timezone.localdate(now)
    ahead = working_day(today + timedelta(days=31))
    meeting = planned(now=now, by=bm, on=ahead, at=time(15, 30))
    workflow.invite(meeting=meeting, by=bm, now=now)
    workflow.assemble(meeting=meeting, by=bm, now=now)
    world.coming = meeting
    world.coming_item = item_of(meeting, source=f"review:{review.pk}")
    world.meeting_invitation = invitation_of(meeting, world.cast.member)
    world.meeting_token = newest_token("meeting-invitation", world.cast.member.email)
    _sat(world, review)


def _sat(world: World, review) -> None:
    """Planned for a day that lies ahead and seen from that day: the world's `now` is not the workflow's here."""
    bm = world.cast.business_manager
    on = working_day(world.coming.on + timedelta(days=1))
    meeting = planned(now=world.now, by=bm, on=on, at=time(9))
    workflow.invite(meeting=meeting, by=bm, now=world.now)
    workflow.assemble(meeting=meeting, by=bm, now=world.now)
    then = day_of(meeting, 9)
    workflow.open_sitting(meeting=meeting, by=bm, now=then)
    workflow.arrive(meeting=meeting, seat=seat(world.cast.chair), by=bm, now=then)
    world.sat_item = item_of(meeting, source=f"review:{review.pk}")
    workflow.ask_conflicts(item=world.sat_item, by=bm, now=then)
    workflow.end_sitting(meeting=meeting, by=bm, now=then)
    world.sat_minutes = workflow.draft_minutes(meeting=meeting, by=bm, now=then)
    world.sat = meeting


def coming(w, **more):
    return {"pk": w.coming.pk} | more


def sat(w, **more):
    return {"pk": w.sat.pk} | more


def item(w, **more):
    return sat(w, item_pk=w.sat_item.pk) | more


def entry(w):
    return sat(w, entry_pk=w.sat_minutes.entries.get(item=w.sat_item).pk)


ROWS = {
    "meetings:year": Row(**LEADERS),
    "meetings:attendance": Row(**READERS),
    "meetings:terms": Row(**READERS),
    "meetings:terms-record": Row(**LEADERS),
    "meetings:link-reply": Row(lambda w: {"token": w.meeting_token}, **everybody(302)),
    "meetings:meeting": Row(coming, **READERS),
    "meetings:invite": Row(coming, method="post", **POSTED),
    "meetings:reply": Row(
        lambda w: coming(w, invitation_pk=w.meeting_invitation.pk), **LEADERS | {"member": 200}
    ),
    "meetings:agenda-assemble": Row(coming, method="post", **POSTED),
    "meetings:agenda-add": Row(coming, **LEADERS),
    "meetings:agenda-change": Row(lambda w: coming(w, item_pk=w.coming_item.pk), **LEADERS),
    "meetings:agenda-step": Row(lambda w: coming(w, item_pk=w.coming_item.pk, verb="up"), method="post", **POSTED),
    "meetings:room": Row(sat, **LEADERS),
    "meetings:sitting": Row(lambda w: sat(w, verb="resume"), method="post", **POSTED),
    "meetings:presence": Row(lambda w: sat(w, seat_pk=seat(w.cast.member).pk, verb="here"), method="post", **POSTED),
    "meetings:item": Row(item, **LEADERS),
    "meetings:conflicts-asked": Row(item, method="post", **POSTED),
    "meetings:conflict-add": Row(item, **LEADERS),
    "meetings:item-presence": Row(
        lambda w: item(w, seat_pk=seat(w.cast.walled).pk, verb="out"), method="post", **POSTED
    ),
    "meetings:dissent": Row(item, **LEADERS),
    "meetings:action-add": Row(item, **LEADERS),
    "meetings:minutes": Row(sat, **READERS),
    "meetings:minutes-draft": Row(sat, method="post", **POSTED),
    "meetings:minutes-circulate": Row(sat, method="post", **POSTED),
    "meetings:minutes-approve": Row(sat, **LEADERS),
    "meetings:minutes-correct": Row(entry, **LEADERS),
    "meetings:minutes-file": Row(lambda w: sat(w, kind="pdf"), **READERS),
    "meetings:pack": Row(coming, **READERS),
    "meetings:pack-make": Row(coming, method="post", **POSTED),
    "meetings:pack-file": Row(coming, **NOWHERE),
    "meetings:pack-read": Row(coming, method="post", **NOWHERE),
}  # fmt: skip
