"""What each relation gets on the pages of a case. Drafts are seen by their author (the business manager here) alone."""

from panel.roles import Role
from referrals import workflow
from tests.access import Row, World, everybody
from tests.cast import make_member
from tests.referrals.factories import invite, looked_after_child_facts, make_draft, make_referral, wall_off

READERS = {
    "business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200,
    "invited": 200, "walled": 404, "outsider": 404, "anonymous": 302,
}  # fmt: skip
PANEL = READERS | {"partner": 403, "scrutineer": 403, "invited": 403}
LEADERS = PANEL | {"member": 403, "deputy": 403}
RULERS = LEADERS | {"business_manager": 403}
RECORDERS = everybody(403) | dict.fromkeys(["business_manager", "chair", "member", "deputy", "walled"], 200)
DRAFT = everybody(403) | {"business_manager": 200, "chair": 404, "member": 404, "deputy": 404, "walled": 404}
TO_ANOTHER = DRAFT | {"business_manager": 302}


def build(world: World) -> None:
    world.referral = make_referral(
        by=world.cast.business_manager, now=world.now, lead=world.cast.member, children=[looked_after_child_facts()]
    )
    world.conflict = wall_off(world.referral, world.cast.walled, now=world.now)
    world.invitation = invite(world.referral, world.cast.invited, now=world.now)
    world.declared = workflow.declare_conflict(
        referral=world.referral, kind="personal", reason="A neighbour.", by=world.cast.second_member, now=world.now
    )
    deputy_manager = make_member("Em Sample", Role.DEPUTY_MANAGER, world.cast.agencies.council)
    world.emergency = workflow.break_glass(
        reference=world.referral.reference, reason="Nobody can be reached.", by=deputy_manager, now=world.now
    )
    workflow.involve_agency(
        referral=world.referral, agency=world.cast.agencies.schools, involvement="", by=world.cast.chair, now=world.now
    )
    world.draft = make_draft(by=world.cast.business_manager, now=world.now)


def case(w: World) -> dict[str, object]:
    return {"reference": w.referral.reference}


def draft(w: World) -> dict[str, object]:
    return {"key": w.draft.key}


def child(w: World) -> dict[str, object]:
    return draft(w) | {"child_key": w.draft.children.get().key}


ROWS: dict[str, Row] = {
    "referrals:referral-list": Row(**everybody(200)),
    "referrals:referral-start": Row(**RECORDERS),
    "referrals:referral-kind": Row(**RECORDERS),
    "referrals:referral-route": Row(lambda w: {"route": "complaint"}, **RECORDERS),
    "referrals:draft-tasks": Row(draft, **DRAFT),
    "referrals:draft-incident": Row(draft, **DRAFT),
    "referrals:draft-children": Row(draft, **DRAFT),
    "referrals:draft-child-new": Row(draft, **TO_ANOTHER),
    "referrals:draft-child": Row(child, **DRAFT),
    "referrals:draft-child-remove": Row(child, **DRAFT),
    "referrals:draft-dates": Row(draft, **DRAFT),
    "referrals:draft-agencies": Row(draft, **DRAFT),
    "referrals:draft-agency-remove": Row(
        lambda w: draft(w) | {"pk": w.draft.involved_agencies.first().pk}, method="post", **TO_ANOTHER
    ),
    "referrals:draft-lead": Row(draft, **DRAFT),
    "referrals:draft-check": Row(draft, **DRAFT),
    "referrals:draft-discard": Row(draft, **DRAFT),
    "referrals:referral-recorded": Row(case, **READERS),
    "referrals:referral-detail": Row(case, **READERS),
    "referrals:referral-lead": Row(case, **LEADERS),
    "referrals:referral-notification": Row(case, **READERS),
    "referrals:referral-notified": Row(case, **PANEL),
    "referrals:referral-informed": Row(case, **PANEL),
    "referrals:referral-told": Row(case, **PANEL),
    "referrals:referral-screen": Row(case, **READERS),
    "referrals:referral-withdraw": Row(case, **LEADERS),
    "referrals:referral-access": Row(case, **LEADERS),
    "referrals:conflict-record": Row(case, **LEADERS),
    "referrals:conflict-end": Row(lambda w: case(w) | {"pk": w.conflict.pk}, **LEADERS),
    "referrals:conflict-declared": Row(**everybody(200)),
    "referrals:conflict-declare": Row(case, **READERS),
    "referrals:conflict-answer": Row(case, **READERS),
    "referrals:conflict-rule": Row(lambda w: case(w) | {"pk": w.declared.pk}, **RULERS),
    "referrals:emergency-open": Row(**everybody(403)),
    "referrals:emergency-review": Row(lambda w: case(w) | {"pk": w.emergency.pk}, **RULERS),
    "referrals:agency-involve": Row(case, **LEADERS),
    "referrals:invitation-make": Row(case, **LEADERS),
    "referrals:invitation-withdraw": Row(lambda w: case(w) | {"pk": w.invitation.pk}, **LEADERS),
    "referrals:referral-history": Row(case, **READERS),
}
