"""Cases at any status, reached by driving the real workflow. All names are invented and must never leak."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from panel.models import Agency, User
from panel.people import holders
from panel.roles import Role
from referrals import workflow
from referrals.choices import (
    AbuseOrNeglect,
    Decision,
    Ethnicity,
    HarmTest,
    Kind,
    LegalStatus,
    Nature,
    Outcome,
    PersonRole,
    Placement,
    PlaceType,
    Precision,
    Route,
    Sex,
    Whereabouts,
    YesNoUnknown,
)
from referrals.models import Child, HarmType, Referral, RelatedPerson
from referrals.states import Status

CHILD_NAME = "Rowan Invented"
PERSON_NAME = "Marigold Pretend"
SECRET = "Zebediah"  # stands in every free text of a case: no list, mail or page for outsiders may hold it

DECISIONS = {
    Status.ACCEPTED: Decision.RAPID_REVIEW,
    Status.PANEL_CONSIDERATION: Decision.PANEL,
    Status.MORE_INFORMATION: Decision.MORE_INFORMATION,
    Status.REDIRECTED: Decision.REDIRECT,
    Status.NOT_MET: Decision.NOT_MET,
}


def incident_facts(**over: Any) -> dict[str, Any]:
    return {
        "nature": Nature.SERIOUS_HARM,
        "incident_on": date(2026, 11, 2),
        "incident_precision": Precision.EXACT,
        "incident_time": None,
        "place_type": PlaceType.HOME,
        "la_area": "Solihull",
        "harm_other": "",
        "circumstances": f"Injuries found at home. {SECRET} told the school nurse.",
        "media_interest": YesNoUnknown.NO,
        "media_details": "",
        "legal_interest": YesNoUnknown.YES,
        "legal_details": f"Police investigation; {SECRET} was interviewed.",
    } | over


def child_facts(**over: Any) -> dict[str, Any]:
    return {
        "name": CHILD_NAME,
        "other_names": "Ro",
        "date_of_birth": date(2018, 5, 4),
        "outcome": Outcome.HARMED,
        "sex": Sex.FEMALE,
        "ethnicity": Ethnicity.WHITE_BRITISH,
        "disability": YesNoUnknown.NO,
        "legal_status": LegalStatus.CHILD_IN_NEED,
        "placement": Placement.PARENTS,
        "school": f"{SECRET} Primary School",
    } | over


def looked_after_child_facts(**over: Any) -> dict[str, Any]:
    return child_facts(outcome=Outcome.DIED, legal_status=LegalStatus.LOOKED_AFTER, care_section="s31", **over)


def screening_facts(decision: Decision = Decision.RAPID_REVIEW, **over: Any) -> dict[str, Any]:
    """Answers that go with the outcome: a notifiable case for a rapid review, none for the others."""
    met = decision == Decision.RAPID_REVIEW
    return {
        "abuse": AbuseOrNeglect.SUSPECTED if met else AbuseOrNeglect.NEITHER,
        "abuse_reasons": f"Delay in seeking medical help; {SECRET} gave two accounts.",
        "harm": HarmTest.HARMED,
        "harm_reasons": "Fractures of different ages.",
        "whereabouts": Whereabouts.IN_AREA,
        "whereabouts_reasons": "",
        "single_agency": YesNoUnknown.YES,
        "single_agency_reasons": f"One service saw {SECRET} and told nobody.",
        "no_agency": YesNoUnknown.NO,
        "no_agency_reasons": "",
        "several_areas": YesNoUnknown.NOT_KNOWN,
        "several_areas_reasons": "Where the family lived before is being asked.",
        "institution": YesNoUnknown.NO,
        "institution_reasons": "",
        "decision": decision,
        "reasons": "Weighed against the statutory test.",
        "information_wanted": "The hospital's report." if decision == Decision.MORE_INFORMATION else "",
        "route": Route.COMPLAINT if decision == Decision.REDIRECT else "",
    } | over


def person_with(role: Role, now: datetime) -> User:
    found = holders(role, on=timezone.localdate(now)).first()
    assert found is not None, f"nobody is {role}: use the fixture `cast`"
    return found


def make_draft(
    *,
    by: User | None = None,
    now: datetime | None = None,
    kind: Kind = Kind.SIN,
    incident: dict[str, Any] | None = None,
    children: list[dict[str, Any]] | None = None,
    dates: dict[str, Any] | None = None,
    agencies: list[Agency] | None = None,
    lead: User | None = None,
) -> Referral:
    """A complete draft. By default the local authority became aware two days before `now`, and nothing is late."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    draft = workflow.start_draft(kind=kind, by=by, now=now)
    aware = today - timedelta(days=2)
    facts = incident_facts(**{"incident_on": aware - timedelta(days=1)} | (incident or {}))
    workflow.save_incident(draft=draft, facts=facts, harm_types=HarmType.objects.all()[:2], by=by, now=now)
    saved = [add_child(draft, by=by, now=now, **child) for child in (children or [{}])]
    dates = {"partnership_aware_on": aware, "la_aware_on": aware if kind == Kind.SIN else None} | (dates or {})
    workflow.save_dates(draft=draft, facts=dates, by=by, now=now)
    for agency in agencies if agencies is not None else list(Agency.objects.order_by("pk")[:2]):
        workflow.save_agency(
            draft=draft, agency=agency, involvement=f"Saw {SECRET} twice.", children=saved, by=by, now=now
        )
    workflow.save_lead(draft=draft, lead=lead or by, by=by, now=now)
    draft.refresh_from_db()
    return draft


def add_child(draft: Referral, *, by: User, now: datetime, **over: Any) -> Child:
    return workflow.save_child(draft=draft, key=uuid.uuid4(), facts=child_facts(**over), by=by, now=now)


def person_facts(**over: Any) -> dict[str, Any]:
    return {
        "role": PersonRole.MOTHER,
        "name": PERSON_NAME,
        "other_names": "",
        "date_of_birth": date(1991, 3, 9),
        "lives_with": YesNoUnknown.YES,
        "details": f"Works nights; {SECRET} helped.",
    } | over


def add_person(referral: Referral, *, by: User, now: datetime | None = None, **over: Any) -> RelatedPerson:
    """Somebody round all the children of a draft or case, unless `children` says which."""
    children = over.pop("children", list(referral.children.all()))
    return workflow.save_person(
        referral=referral, key=uuid.uuid4(), facts=person_facts(**over), children=children, by=by,
        now=now or timezone.now(),
    )  # fmt: skip


def make_referral(*, by: User | None = None, now: datetime | None = None, **facts: Any) -> Referral:
    """A recorded case, awaiting screening. `facts` as for `make_draft`; dates={"notified_on": …} for a sent one."""
    now = now or timezone.now()
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    draft = make_draft(by=by, now=now, **facts)
    return workflow.record_referral(draft=draft, by=by, now=now)


def referral_at(status: Status, *, by: User | None = None, now: datetime | None = None, **facts: Any) -> Referral:
    """A case at `status`; everything happens at `now`. A notified one by default where a review is to follow.

    Panel consideration takes a CSPR referral, since a notified case cannot go there.
    """
    now = now or timezone.now()
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    if status == Status.PANEL_CONSIDERATION:
        facts.setdefault("kind", Kind.REFERRAL)
    if status in {Status.ACCEPTED, Status.UNDER_REVIEW, Status.REVIEWED} and facts.get("kind") != Kind.REFERRAL:
        facts["dates"] = {"notified_on": timezone.localdate(now) - timedelta(days=1)} | facts.get("dates", {})
    if status in {Status.DRAFT, Status.DISCARDED}:
        draft = make_draft(by=by, now=now, **facts)
        if status == Status.DISCARDED:
            workflow.discard_draft(draft=draft, by=by, now=now)
    else:
        draft = make_referral(by=by, now=now, **facts)
        _bring_to(status, draft, by=by, now=now)
    return Referral.objects.get(pk=draft.pk)


def _bring_to(status: Status, referral: Referral, *, by: User, now: datetime) -> None:
    if status in DECISIONS:
        screen(referral, DECISIONS[status], by=by, now=now)
    elif status == Status.WITHDRAWN:
        workflow.withdraw(referral=referral, reason="Recorded twice.", by=by, now=now)
    elif status in {Status.UNDER_REVIEW, Status.REVIEWED}:
        screen(referral, Decision.RAPID_REVIEW, by=by, now=now)
        workflow.open_rapid_review(referral=referral, by=by, now=now)
        if status == Status.REVIEWED:
            workflow.finish_rapid_review(referral=referral, by=by, now=now)


def screen(referral: Referral, decision: Decision, *, by: User, now: datetime | None = None, **over: Any) -> None:
    workflow.screen(referral=referral, facts=screening_facts(decision, **over), by=by, now=now or timezone.now())


def wall_off(referral: Referral, member: User, *, by: User | None = None, now: datetime | None = None) -> Any:
    now = now or timezone.now()
    return workflow.record_conflict(
        referral=referral, member=member, kind="agency", reason=f"Manages the service that saw {SECRET}.",
        by=by or person_with(Role.BUSINESS_MANAGER, now), now=now,
    )  # fmt: skip


def invite(referral: Referral, person: User, *, by: User | None = None, now: datetime | None = None) -> Any:
    now = now or timezone.now()
    return workflow.invite(
        referral=referral, person=person, purpose="To bring the hospital's view.",
        until_on=timezone.localdate(now) + timedelta(days=30),
        by=by or person_with(Role.BUSINESS_MANAGER, now), now=now,
    )  # fmt: skip
