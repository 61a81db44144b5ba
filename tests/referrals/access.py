"""What each relation gets on the pages of a case. Drafts are seen by their author (the business manager here) alone."""

from panel.roles import Role
from referrals import workflow
from referrals.choices import LinkKind
from tests.access import Row, World, everybody
from tests.cast import make_member
from tests.documents.factories import store as store_document
from tests.referrals.factories import (
    add_person,
    invite,
    looked_after_child_facts,
    make_draft,
    make_referral,
    wall_off,
)

READERS = {
    "business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200,
    "invited": 200, "walled": 404, "outsider": 404, "anonymous": 302,
}  # fmt: skip
PANEL = READERS | {"partner": 403, "scrutineer": 403, "invited": 403}
SENT = {name: 422 if status == 200 else status for name, status in PANEL.items()}  # without a file
NOTHING_SENT = {name: 404 if status == 200 else status for name, status in PANEL.items()}
RECORDING = ("business_manager", "chair", "member", "deputy")
LEADERS = PANEL | {"member": 403, "deputy": 403}
MANAGER = LEADERS | {"chair": 403}
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
    world.document = store_document(world.referral, by=world.cast.business_manager, now=world.now)
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
    world.parent = add_person(world.draft, by=world.cast.business_manager, now=world.now)
    world.related = add_person(world.referral, by=world.cast.member, now=world.now)
    other = make_referral(by=world.cast.business_manager, now=world.now)
    wall_off(other, world.cast.walled, now=world.now)
    world.link = workflow.link_cases(
        referral=world.referral, other=other, kind=LinkKind.SAME_CHILD, reason="Twice.", by=world.cast.chair,
        now=world.now,
    )  # fmt: skip


def case(w: World) -> dict[str, object]:
    return {"reference": w.referral.reference}


def draft(w: World) -> dict[str, object]:
    return {"key": w.draft.key}


def child(w: World) -> dict[str, object]:
    return draft(w) | {"child_key": w.draft.children.get().key}


def document(w: World) -> dict[str, object]:
    return case(w) | {"key": w.document.key}


CLOSED = everybody(404, anonymous=404)  # the form for people without an account is off unless switched on
A_CHILD = {"child_key": "5f0c7a52-7c9c-4a57-9d3f-6c7e4d0a7a11"}

ROWS: dict[str, Row] = {
    "outside:start": Row(**CLOSED),
    "outside:code": Row(**CLOSED),
    "outside:about": Row(**CLOSED),
    "outside:route": Row(lambda w: {"route": "complaint"}, **CLOSED),
    "outside:tasks": Row(**CLOSED),
    "outside:you": Row(**CLOSED),
    "outside:incident": Row(**CLOSED),
    "outside:agencies": Row(**CLOSED),
    "outside:child-new": Row(**CLOSED),
    "outside:child": Row(lambda w: A_CHILD, **CLOSED),
    "outside:child-remove": Row(lambda w: A_CHILD, **CLOSED),
    "outside:check": Row(**CLOSED),
    "outside:sent": Row(**CLOSED),
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
    "referrals:draft-people": Row(draft, **DRAFT),
    "referrals:draft-person-new": Row(draft, **TO_ANOTHER),
    "referrals:draft-person": Row(lambda w: draft(w) | {"person_key": w.parent.key}, **DRAFT),
    "referrals:draft-person-remove": Row(lambda w: draft(w) | {"person_key": w.parent.key}, **DRAFT),
    "referrals:draft-referrer": Row(draft, **DRAFT),
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
    "referrals:incident-correct": Row(case, **PANEL),
    "referrals:child-correct": Row(lambda w: case(w) | {"child_key": w.referral.children.get().key}, **PANEL),
    "referrals:person-add": Row(case, **PANEL | dict.fromkeys(RECORDING, 302)),
    "referrals:person-change": Row(lambda w: case(w) | {"person_key": w.related.key}, **PANEL),
    "referrals:link-make": Row(case, **PANEL),
    "referrals:link-end": Row(lambda w: case(w) | {"pk": w.link.pk}, **PANEL),
    "referrals:notification-sheet": Row(case, **READERS | {"partner": 403, "scrutineer": 403}),
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
    "referrals:document-list": Row(case, **READERS),
    "referrals:document-upload": Row(case, **PANEL),
    "referrals:document-upload-one": Row(case, **SENT, method="post"),
    "referrals:document-take-back": Row(case, **NOTHING_SENT, method="post"),
    "referrals:document-detail": Row(document, **READERS),
    "referrals:document-version": Row(document, **PANEL),
    "referrals:document-withdraw": Row(document, **LEADERS),
    "referrals:document-hold": Row(document, **MANAGER),
    "referrals:document-release": Row(document, **MANAGER),
    "referrals:document-dispose": Row(document, **MANAGER),
    "referrals:referral-history": Row(case, **READERS),
}
