"""Submitted, signed off by the agency's senior lead, frozen; and a new version for what is found later."""

import hashlib
import json
from datetime import datetime

from access_links import workflow as access
from agency_returns import emails
from agency_returns.actors import Actor
from agency_returns.contents import contents_of, rows_of
from agency_returns.models import AgencyReturn, InformationRequest, ReturnFile, ReturnPart
from agency_returns.receipt import render
from agency_returns.states import Status
from agency_returns.workflow.asking import check_address
from agency_returns.workflow.base import draft_of, local_day, move, note, open_draft, take, words
from chronology.workflow import copy_rows, release_rows
from core.errors import WorkflowError
from core.guard import workflow


@workflow
def submit(
    *,
    request: InformationRequest,
    signer_name: str,
    signer_address: str,
    by: Actor,
    now: datetime,
    same_person_reason: str = "",
) -> AgencyReturn:
    """Hand the return to the agency's senior lead, who gets a link of their own. Submitted already: quiet.

    The author signs their own return only with a reason; WorkflowError, naming the parts, while something is missing.
    """
    request = take(request, by=by, now=now)
    version = draft_of(request)
    if version is not None and version.submitted_at is not None:
        return version
    version = open_draft(request)
    missing = contents_of(request, version).missing
    if missing:
        raise WorkflowError(f"It cannot be submitted yet. Still missing: {', '.join(missing)}.")
    name = words(signer_name, "Enter the senior lead’s name.")
    address = words(signer_address, "Enter the senior lead’s work e-mail address.").lower()
    check_address(request.referral, address, on=local_day(now))
    if address == by.address.lower() and not same_person_reason.strip():
        raise WorkflowError("Somebody other than you signs it off. If nobody else can, say why.")
    version.author_name, version.author_address = by.name, by.address.lower()
    version.signer_name, version.signer_address = name, address
    version.same_person_reason = same_person_reason.strip() if address == by.address.lower() else ""
    version.submitted_at, version.sent_back_reason = now, ""
    version.save()
    move(request, "submit")
    note("submitted", by=by, request=request, version=version.version, signer=name)
    emails.queue_sign_off(version, now=now)
    return version


@workflow
def take_back(*, request: InformationRequest, by: Actor, now: datetime) -> AgencyReturn:
    """The contributor wants to change something before it is signed off; the senior lead's link ends."""
    request = take(request, by=by, now=now)
    version = draft_of(request)
    if version is not None and version.submitted_at is None:
        return version
    if version is None:
        raise WorkflowError("It was signed off already. Choose “Add to this return” to write more.")
    _reopen(request, version, "take_back", by=by, now=now)
    note("taken_back", by=by, request=request)
    return version


def _reopen(request: InformationRequest, version: AgencyReturn, verb: str, *, by: Actor, now: datetime) -> None:
    move(request, verb)
    version.submitted_at = None
    version.save(update_fields=["submitted_at"])
    access.close_all(subject=version.sign_off_subject, by=by.user, now=now)


@workflow
def send_back(*, version: AgencyReturn, reason: str, by: Actor, now: datetime) -> AgencyReturn:
    """The senior lead wants something changed; the contributor is told."""
    request, version = _take_to_sign(version, by=by, now=now)
    version.sent_back_reason = words(reason, "Say what you want changed.")
    version.save(update_fields=["sent_back_reason"])
    _reopen(request, version, "send_back", by=by, now=now)
    note("sent_back", by=by, request=request)
    emails.queue_sent_back(version, now=now)
    return version


@workflow
def sign_off(*, version: AgencyReturn, by: Actor, now: datetime) -> AgencyReturn:
    """Freeze the version, put its rows into the merged chronology, send the receipts. Signed already: quiet."""
    fresh = AgencyReturn.objects.select_related("request__agency", "request__referral").get(pk=version.pk)
    if fresh.signed_at is not None:
        return fresh
    request, version = _take_to_sign(version, by=by, now=now)
    version.sha256, version.signed_at = fingerprint(version), now
    version.save(update_fields=["sha256", "signed_at"])
    move(request, "sign_off", returned_at=request.returned_at or now)
    before = request.versions.filter(version=version.version - 1).first()
    release_rows(
        referral=request.referral, source_key=version.source_key, by=by.user, by_label=by.label(request.agency),
        now=now, supersedes=before.source_key if before else "",
    )  # fmt: skip
    note("signed_off", by=by, request=request, version=version.version, sha256=version.sha256)
    emails.queue_receipt(version, render(version), now=now)
    emails.queue_arrived(request, about=f"{request.pk}-v{version.version}", now=now)
    return version


def _take_to_sign(version: AgencyReturn, *, by: Actor, now: datetime) -> tuple[InformationRequest, AgencyReturn]:
    request = take(version.request, by=by, now=now)
    row: AgencyReturn = request.versions.select_for_update(of=("self",)).get(pk=version.pk)
    row.request = request
    if row.submitted_at is None or row.signed_at is not None:
        raise WorkflowError("This return does not wait for a sign-off any more: it was taken back, or signed already.")
    if by.address.lower() != row.signer_address:
        raise WorkflowError(f"{row.signer_name} signs this return off.")
    return request, row


def fingerprint(version: AgencyReturn) -> str:
    """SHA-256 over everything that the version says."""
    parts = [[part.key, part.finding, part.text] for part in version.parts.order_by("key")]
    rows = (
        rows_of(version)
        .in_order()
        .values_list(
            "happened_on", "happened_time", "precision", "source", "event", "who", "child_seen", "response", "comment"
        )
    )
    said = [version.version, parts, version.no_rows_reason, [list(map(str, row)) for row in rows]]
    files = [[file.document.sha256_original, file.document.description] for file in ReturnFile.objects.of(version)]
    text = json.dumps([*said, files] if files else said)
    return hashlib.sha256(text.encode()).hexdigest()


@workflow
def add_more(*, request: InformationRequest, by: Actor, now: datetime) -> AgencyReturn:
    """Begin a new version with what the last one says; that one stays as it was signed. Begun already: quiet."""
    request = take(request, by=by, now=now)
    version = draft_of(request)
    if version is not None:
        return version
    last: AgencyReturn | None = request.versions.order_by("-version").first()
    if last is None or request.status != Status.RETURNED:
        raise WorkflowError("There is no return to add to yet.")
    move(request, "add_more", started_at=now)
    label = by.label(request.agency)
    version = AgencyReturn(
        request=request, version=last.version + 1, begun_by=label, begun_at=now, no_rows_reason=last.no_rows_reason
    )
    version.save()
    ReturnPart.objects.bulk_create(
        ReturnPart(
            version=version, key=p.key, finding=p.finding, text=p.text, revision=1, saved_by=p.saved_by,
            saved_at=p.saved_at,
        )
        for p in last.parts.all()
    )  # fmt: skip
    copy_rows(
        referral=request.referral, from_source=last.source_key, to_source=version.source_key, by=by.user,
        by_label=label, now=now,
    )  # fmt: skip
    note("adding", by=by, request=request, version=version.version)
    return version
