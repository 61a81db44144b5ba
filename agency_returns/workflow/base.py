"""What every step does first: lock the request, then ask the table."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from agency_returns import permissions
from agency_returns.actors import Actor
from agency_returns.models import AgencyReturn, InformationRequest
from agency_returns.states import TABLE, Status
from audit.workflow import record
from core.errors import WorkflowError
from panel.models import User


def local_day(now: datetime) -> date:
    return timezone.localdate(now)


def lock(request: InformationRequest) -> InformationRequest:
    row: InformationRequest = (
        InformationRequest.objects.select_for_update(of=("self",))
        .select_related("referral", "agency")
        .get(pk=request.pk)
    )
    return row


def take(request: InformationRequest, *, by: Actor, now: datetime) -> InformationRequest:
    """The locked request, if the case goes on and `by`, where signed in, answers for the agency.

    A link has been checked by the door through which its reader came in.
    """
    row = lock(request)
    if by.user is not None:
        permissions.check_answer(by.user, row, on=local_day(now))
    if not permissions.is_open(row.referral):
        raise WorkflowError("This case has ended, so nothing more is asked of your agency. Thank you.")
    if row.status == Status.CLOSED:
        raise WorkflowError("This request was closed, so nothing more is asked of your agency. Thank you.")
    return row


def move(request: InformationRequest, verb: str, **fields: Any) -> None:
    """Check `verb` against the table, then write the new status with the facts that belong to it."""
    request.status = TABLE.check(request.status, verb).target
    for name, value in fields.items():
        setattr(request, name, value)
    request.save(update_fields=["status", *fields])


def draft_of(request: InformationRequest) -> AgencyReturn | None:
    """The version that is being written, or that waits for its sign-off."""
    found: AgencyReturn | None = request.versions.filter(signed_at__isnull=True).first()
    return found


def open_draft(request: InformationRequest) -> AgencyReturn:
    """The version that may be written now; WorkflowError, with a sentence, where there is none."""
    version = draft_of(request)
    if version is None:
        raise WorkflowError("Nothing is written yet.")
    if version.submitted_at is not None:
        raise WorkflowError("This return waits for its sign-off. Take it back to change it.")
    return version


def note(verb: str, *, by: User | Actor | None, request: InformationRequest, text: str = "", **details: Any) -> None:
    """Audit `return.<verb>` under the case's reference; `who` names people without an account too."""
    user = by.user if isinstance(by, Actor) else by
    who = by.label(request.agency) if isinstance(by, Actor) else str(by) if by is not None else "The system"
    details |= {"who": who, "agency": request.agency.name}
    record(f"return.{verb}", by=user, obj=request, reference=request.referral.reference, text=text, **details)


def words(text: str, missing: str) -> str:
    """`text` without spaces around it; WorkflowError with the sentence `missing` where nothing is left."""
    text = text.strip()
    if not text:
        raise WorkflowError(missing)
    return text
