"""A referral from outside: begun by whoever proved a work address, saved part by part, sent as a recorded case.

Nobody is signed in, so there is no `by`: the proved address stands for the person.
"""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from audit.workflow import record
from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, Partnership
from referrals import emails
from referrals.choices import Kind, Route
from referrals.models import Child, InvolvedAgency, MisdirectedEnquiry, OutsideReferral, Referral
from referrals.states import Status
from referrals.workflow.base import local_day, write
from referrals.workflow.naming import renew_keys
from referrals.workflow.recording import name_children, next_reference

KEPT_FOR = timedelta(days=30)
DATES = ("date_of_birth", "expected_on", "incident_on")


def employer(address: str) -> Agency | None:
    """The active agency of whose domains the address is, where referrals from outside are taken at all."""
    if not Partnership.current().takes_outside_referrals:
        return None
    return next((agency for agency in Agency.objects.filter(is_active=True) if agency.employs(address)), None)


def _check_open(address: str) -> Agency:
    agency = employer(address)
    if agency is None:
        raise WorkflowError("Referrals are not taken from this address any more. Ask the business manager.")
    return agency


@workflow
def begin_outside(*, address: str, now: datetime) -> OutsideReferral:
    """The open referral of a proved address; a new one where there is none. Twice: the same."""
    agency = _check_open(address)
    row: OutsideReferral
    row, created = OutsideReferral.objects.get_or_create(
        address=address, sent_at=None, defaults={"agency": agency, "started_at": now, "saved_at": now}
    )
    if created:
        record("outside.begun", by=None, obj=row, agency=str(agency))
    return row


@workflow
def save_outside(*, outside: OutsideReferral, part: str, facts: Mapping[str, Any], now: datetime) -> OutsideReferral:
    """Save one part: "you", "incident", "agencies", or "child:<key>"; no facts of a child take it out."""
    row = _take(outside)
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
    if part.startswith("child:"):
        key = str(uuid.UUID(part.removeprefix("child:")))
        row.answers = row.answers | {"children": _children(row, key, plain)}
    else:
        row.answers = row.answers | {part: plain}
    write(row, answers=row.answers, saved_at=now)
    return row


def _children(row: OutsideReferral, key: str, facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The children with that one put in its place, or at the end, or taken out."""
    new = [{**facts, "key": key}] if facts else []
    keys = [child.key for child in row.children]
    at = keys.index(key) if key in keys else len(keys)
    found = [child.facts for child in row.children]
    return [*found[:at], *new, *found[at + 1 :]]


def _take(outside: OutsideReferral) -> OutsideReferral:
    row: OutsideReferral = OutsideReferral.objects.select_for_update().get(pk=outside.pk)
    if row.sent_at is not None:
        raise WorkflowError("This referral was sent already, so it cannot be changed here.")
    _check_open(row.address)
    return row


def missing_outside(outside: OutsideReferral) -> list[str]:
    """What keeps it from being sent."""
    missing = []
    if not outside.part("you"):
        missing.append("Say who you are")
    if not outside.part("incident"):
        missing.append("Say what happened")
    if not outside.part("agencies"):
        missing.append("Say which agencies were involved")
    if not outside.children:
        missing.append("Add at least one child")
    return missing


@workflow
def send_outside(*, outside: OutsideReferral, now: datetime) -> Referral:
    """Make it a recorded case that awaits screening; write to the business manager, and a receipt. Twice: that case."""
    row: OutsideReferral = OutsideReferral.objects.select_for_update(of=("self",)).get(pk=outside.pk)
    if row.referral is not None:
        return row.referral
    agency = _check_open(row.address)
    wanted = missing_outside(row)
    if wanted:
        raise WorkflowError("This cannot be sent yet. " + ". ".join(wanted) + ".")
    referral = _case(row, agency, now)
    for position, child in enumerate(row.children, start=1):
        _child(referral, position, child.facts)
    children = name_children(referral)
    involved = _involve(referral, row.part("agencies"))
    write(row, referral=referral, sent_at=now, saved_at=now, answers={})
    record(
        "referral.from_outside", by=None, obj=referral, reference=referral.reference, agency=str(agency),
        children=len(children), agencies=", ".join(involved),
    )  # fmt: skip
    emails.queue_from_outside(referral, now=now)
    return referral


def _case(row: OutsideReferral, agency: Agency, now: datetime) -> Referral:
    you, incident = row.part("you"), row.part("incident")
    referral = Referral(
        reference=next_reference(local_day(now).year), kind=Kind.REFERRAL, status=Status.RECORDED, created_at=now,
        recorded_at=now, referring_agency=agency, referrer_name=f"{you['name']}, {you['job_title']}"[:150],
        referrer_address=row.address, la_area=Partnership.current().area, nature=incident["nature"],
        incident_on=date.fromisoformat(incident["incident_on"]), partnership_aware_on=local_day(now),
        circumstances=_circumstances(incident, row.part("agencies")),
    )  # fmt: skip
    referral.save()
    return referral


def _circumstances(incident: Mapping[str, Any], agencies: Mapping[str, Any]) -> str:
    told = [incident["circumstances"], f"Why the Panel should consider it: {incident['why']}"]
    if agencies.get("other"):
        told.append(f"Other agencies involved, in the referrer’s words: {agencies['other']}")
    return "\n\n".join(told)


def _involve(referral: Referral, facts: Mapping[str, Any]) -> list[str]:
    """The agencies that were named. Nobody of the Panel knew of them, so everybody is asked about conflicts."""
    named = Agency.objects.filter(pk__in=facts.get("agencies", []), is_active=True).order_by("name")
    for agency in named:
        InvolvedAgency(referral=referral, agency=agency, from_the_start=False).save()
        reference = referral.reference
        record("referral.agency_named_outside", by=None, obj=referral, reference=reference, agency=agency.name)
    return [agency.name for agency in named]


def _child(referral: Referral, position: int, facts: Mapping[str, Any]) -> None:
    known = {name: date.fromisoformat(facts[name]) for name in DATES if facts.get(name)}
    known |= {name: facts[name] for name in ("is_unborn", "name", "outcome") if facts.get(name)}
    child = Child(referral=referral, position=position, is_index=position == 1, **known)
    child.save()
    renew_keys(child)


@workflow
def turn_away_outside(*, route: Route, now: datetime, key: uuid.UUID) -> MisdirectedEnquiry:
    """Count an enquiry from outside that is no referral; nobody's name is kept with it. The same `key` counts once."""
    enquiry: MisdirectedEnquiry
    enquiry, created = MisdirectedEnquiry.objects.get_or_create(key=key, defaults={"route": route, "made_at": now})
    if created:
        record("enquiry.redirected_outside", by=None, obj=enquiry, route=Route(route).label.lower())
    return enquiry


@workflow
def forget_unsent(*, now: datetime) -> int:
    """Delete what was begun and never sent, a month after it was last saved; returns how many."""
    return OutsideReferral.objects.filter(sent_at__isnull=True, saved_at__lt=now - KEPT_FOR).delete()[0]
