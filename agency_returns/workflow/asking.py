"""Asking agencies, asking again, and giving up the request when the case ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from access_links import workflow as access
from access_links.models import AccessLink
from agency_returns import emails, links, permissions
from agency_returns.models import InformationRequest
from agency_returns.states import ENDED, TABLE, WAITING, Status
from agency_returns.workflow.base import local_day, lock, move, note, words
from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, User
from referrals.models import ConflictOfInterest, Referral
from referrals.workflow.base import lock as lock_case


@dataclass(frozen=True)
class Wanted:
    """What is asked of every agency alike."""

    due_on: date
    period_from: date | None = None
    period_to: date | None = None
    where_lived: str = ""


@workflow
def ask(
    *, referral: Referral, agencies: Sequence[Agency], wanted: Wanted, by: User, now: datetime
) -> list[InformationRequest]:
    """Ask each of `agencies` by a mail to its safeguarding lead. Who was asked already is left alone.

    All or none: WorkflowError, with a sentence, where one of them has no safeguarding lead or must not be asked.
    """
    referral = lock_case(referral)
    today = local_day(now)
    permissions.check_ask(by, referral, on=today)
    if not permissions.is_open(referral):
        raise WorkflowError("Agencies are asked only while the case is open.")
    if wanted.due_on < today:
        raise WorkflowError("The date by which you want the returns has passed. Choose a later one.")
    if wanted.period_from and wanted.period_to and wanted.period_to < wanted.period_from:
        raise WorkflowError("The period must end after it begins.")
    there = set(referral.information_requests.values_list("agency", flat=True))
    fresh = Agency.objects.filter(pk__in=[agency.pk for agency in agencies]).exclude(pk__in=there).order_by("name")
    return [_ask_one(referral, agency, wanted, by=by, now=now) for agency in fresh]


def _ask_one(referral: Referral, agency: Agency, wanted: Wanted, *, by: User, now: datetime) -> InformationRequest:
    if not agency.safeguarding_address or not agency.safeguarding_lead:
        raise WorkflowError(f"{agency} has no safeguarding lead. Add a name and a work e-mail address first.")
    check_address(referral, agency.safeguarding_address, on=local_day(now))
    request = InformationRequest(
        referral=referral, agency=agency, lead_name=agency.safeguarding_lead,
        lead_address=agency.safeguarding_address.lower(), due_on=wanted.due_on, period_from=wanted.period_from,
        period_to=wanted.period_to, where_lived=wanted.where_lived.strip(), asked_by=by, asked_at=now,
    )  # fmt: skip
    request.save()
    note("asked", by=by, request=request, due=request.due_on.isoformat())
    emails.queue_asked(request, by=by, now=now)
    return request


def is_walled(referral: Referral, address: str, *, on: date) -> bool:
    """Whether a wall stands between the case and the person at this address."""
    running = ConflictOfInterest.objects.filter(ConflictOfInterest.running(on), referral=referral)
    return running.filter(member__email__iexact=address.strip()).exists()


def check_address(referral: Referral, address: str, *, on: date) -> None:
    """No letter goes through a wall."""
    if is_walled(referral, address, on=on):
        raise WorkflowError(
            f"{address} belongs to somebody with a conflict of interest in this case. Name somebody else to ask."
        )


@workflow
def change_request(
    *, request: InformationRequest, lead_name: str, lead_address: str, due_on: date, by: User, now: datetime
) -> InformationRequest:
    """Another safeguarding lead, who gets a link of their own while the old ones end; or another due date."""
    request = lock(request)
    permissions.check_ask(by, request.referral, on=local_day(now))
    if request.status not in WAITING:
        raise WorkflowError("This request is answered, so there is nothing to change.")
    name, address = words(lead_name, "Enter the safeguarding lead’s name."), lead_address.strip().lower()
    check_address(request.referral, address, on=local_day(now))
    moved = address != request.lead_address
    if not moved and (name, due_on) == (request.lead_name, request.due_on):
        return request
    request.lead_name, request.lead_address, request.due_on = name, address, due_on
    request.save(update_fields=["lead_name", "lead_address", "due_on"])
    note("request_changed", by=by, request=request, due=due_on.isoformat(), lead=name)
    if moved:
        access.close_all(subject=request.subject, by=by, now=now)
        emails.queue_asked(request, by=by, now=now)
    return request


@workflow
def ask_again(*, request: InformationRequest, by: User, now: datetime) -> InformationRequest:
    """Send a new link to the same address; the earlier ones go on working."""
    request = lock(request)
    permissions.check_ask(by, request.referral, on=local_day(now))
    if request.status == Status.CLOSED or not permissions.is_open(request.referral):
        raise WorkflowError("This request is closed, so no link can be sent.")
    check_address(request.referral, request.lead_address, on=local_day(now))
    emails.queue_asked(request, by=by, now=now, again=True)
    note("asked_again", by=by, request=request)
    return request


@workflow
def revoke_links(*, request: InformationRequest, by: User, now: datetime) -> int:
    """End every link of the request at once, also for browsers that are in; returns how many were in use."""
    request = lock(request)
    permissions.check_ask(by, request.referral, on=local_day(now))
    subjects = [request.subject]
    subjects += [hand_over.subject for hand_over in request.hand_overs.all()]
    subjects += [version.sign_off_subject for version in request.versions.all()]
    found: list[AccessLink] = list(AccessLink.objects.usable(now).filter(subject__in=subjects))
    for link in found:
        access.revoke(link=link, by=by, now=now)
    return len(found)


@workflow
def close(*, request: InformationRequest, by: User | None, now: datetime) -> InformationRequest:
    """Ask no more, and end the links. `by` None: the system, since the case has ended. Closed already: quiet."""
    request = lock(request)
    if by is not None:
        permissions.check_ask(by, request.referral, on=local_day(now))
    if request.status == Status.CLOSED:
        return request
    if TABLE.find(request.status, "close") is not None:
        move(request, "close", closed_at=now)
        note("closed", by=by, request=request)
    elif by is not None:
        TABLE.check(request.status, "close")
    links.close_of(request, by=by, now=now)
    return request


@workflow
def close_for(*, referral: Referral, now: datetime) -> int:
    """The case has ended: close what is unanswered and end every link. As often as you like."""
    requests = list(InformationRequest.objects.filter(referral=referral))
    for request in requests:
        close(request=request, by=None, now=now)
    return len(requests)


def close_ended(*, now: datetime) -> int:
    """For the job: the cases that ended without anybody telling this app; returns how many requests were closed."""
    waiting = InformationRequest.objects.filter(status__in=WAITING, referral__status__in=ENDED)
    found = list(waiting.select_related("referral"))
    for request in found:
        close(request=request, by=None, now=now)
    return len(found)
