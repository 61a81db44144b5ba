"""The links of a request: to the whole return, to one part of it, to its sign-off. And what each leads to."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from access_links import workflow as access
from access_links.models import AccessLink
from access_links.purposes import Purpose
from agency_returns.models import AgencyReturn, HandOver, InformationRequest
from agency_returns.permissions import is_open
from agency_returns.states import Status

RETURN, PART, SIGN_OFF = "agency-return", "return-part", "return-sign-off"
LIFETIME = timedelta(days=90)  # after the due date, unless the case ends first


def number(link: AccessLink) -> int:
    """The pk at the end of a subject: "agency-return:17" is 17."""
    return int(link.subject.rpartition(":")[2])


def request_of(link: AccessLink) -> InformationRequest | None:
    """The request to which a link of any of our purposes belongs."""
    rows = InformationRequest.objects.select_related("referral", "agency")
    if link.purpose == RETURN:
        return rows.filter(pk=number(link)).first()
    if link.purpose == PART:
        return rows.filter(hand_overs__pk=number(link), hand_overs__ended_at__isnull=True).first()
    return rows.filter(versions__pk=number(link)).first()


def wanted(link: AccessLink) -> bool:
    """Whether there is anything left to answer: the case goes on, and the request was not closed."""
    request = request_of(link)
    return request is not None and request.status != Status.CLOSED and is_open(request.referral)


def issue(purpose: str, subject: str, address: str, request: InformationRequest, *, by: object, now: datetime) -> str:
    """A new link in the form in which it stands in the mail."""
    ends_on = max(request.due_on, timezone.localdate(now)) + LIFETIME
    _, token = access.issue(
        purpose=purpose,
        subject=subject,
        address=address,
        reference=request.referral.reference,
        expires_at=timezone.make_aware(datetime.combine(ends_on, time())),
        now=now,
        by=by,
    )
    return f"{settings.SITE_URL}{reverse('access_links:link', args=[token])}"


def for_request(request: InformationRequest, *, by: object, now: datetime) -> str:
    return issue(RETURN, request.subject, request.lead_address, request, by=by, now=now)


def for_part(hand_over: HandOver, *, now: datetime) -> str:
    return issue(PART, hand_over.subject, hand_over.address, hand_over.request, by=None, now=now)


def for_sign_off(version: AgencyReturn, *, now: datetime) -> str:
    return issue(SIGN_OFF, version.sign_off_subject, version.signer_address, version.request, by=None, now=now)


def close_of(request: InformationRequest, *, by: object, now: datetime) -> None:
    """End every link that belongs to the request."""
    subjects = [request.subject]
    subjects += [hand_over.subject for hand_over in request.hand_overs.all()]
    subjects += [version.sign_off_subject for version in request.versions.all()]
    for subject in subjects:
        access.close_all(subject=subject, by=by, now=now)


def _home(name: str) -> Callable[[str], str]:
    return lambda token: reverse(f"agency_returns:{name}", args=[token])


def purposes(opened: Callable[[AccessLink, datetime], None]) -> list[Purpose]:
    """What `ready()` registers; `opened` is the workflow's step for a link that was first opened."""
    title = "Answer a request for information"
    return [
        Purpose(code=RETURN, title=title, home=_home("link-tasks"), opened=opened, wanted=wanted),
        Purpose(code=PART, title="Write one part of a return", home=_home("part"), wanted=wanted),
        Purpose(code=SIGN_OFF, title="Sign off a return", home=_home("sign-off"), wanted=wanted),
    ]
