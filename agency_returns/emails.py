"""The letters of a return: short, nameless, with the neutral reference and a link. One function each.

Those with a link that lets its reader in are secret: the admin site does not show their text.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from agency_returns import links
from agency_returns.models import AgencyReturn, HandOver, InformationRequest
from core.letters import File, Letter
from deadlines.quiet import send_at
from notifications.workflow import queue
from panel.models import Partnership, User
from referrals.emails import MARKING, case_letter
from referrals.people import recipients

ASKED = "return-asked"
HANDED_OVER = "return-handed-over"
SIGN_OFF = "return-sign-off"
SENT_BACK = "return-sent-back"
RECEIPT = "return-receipt"
ARRIVED = "return-arrived"
CHASE = "return-chase"
CHASE_MANAGER = "return-chase-manager"

# kind, title, who, when, secret
CATALOGUE = (
    (ASKED, "Request for information", "The agency’s safeguarding lead", "When the agency is asked, or again", True),
    (HANDED_OVER, "One part of a return", "A colleague of the contributor", "When a part is handed over", True),
    (SIGN_OFF, "Return to sign off", "The agency’s senior lead", "When the return is submitted", True),
    (SENT_BACK, "Return sent back", "The contributor", "When the senior lead wants something changed", True),
    (RECEIPT, "Receipt for a return", "Contributor and senior lead", "When the return is signed off", False),
    (ARRIVED, "A return arrived", "Lead and business manager", "When an agency has answered", False),
    (CHASE, "Returns that are wanted", "The agency’s safeguarding lead", "At the steps of the chase ladder", True),
    (CHASE_MANAGER, "Returns that are late", "The business manager", "At the steps of the chase ladder", True),
)


def _letter(kind: str, request: InformationRequest, subject: str, path: str = "", **context: Any) -> Letter:
    return case_letter(
        kind,
        reference=request.referral.reference,
        subject=subject,
        template=f"emails/agency_returns/{kind.removeprefix('return-').replace('-', '_')}.txt",
        path=path,
        request=request,
        partnership=Partnership.current(),
        **context,
    )


def queue_asked(request: InformationRequest, *, by: User, now: datetime, again: bool = False) -> None:
    """The request itself, with a new link."""
    url = links.for_request(request, by=by, now=now)
    letter = _letter(ASKED, request, f"information wanted by {request.due_on:%-d %B}", url=url, again=again)
    queue(letter, key=f"{ASKED}:{request.pk}:{now.isoformat()}", address=request.lead_address, not_before=send_at(now))


def queue_handed_over(hand_over: HandOver, *, now: datetime) -> None:
    url = links.for_part(hand_over, now=now)
    letter = _letter(HANDED_OVER, hand_over.request, "one part of a return for you", url=url, hand_over=hand_over)
    queue(letter, key=f"{HANDED_OVER}:{hand_over.pk}", address=hand_over.address, not_before=send_at(now))


def queue_sign_off(version: AgencyReturn, *, now: datetime) -> None:
    url = links.for_sign_off(version, now=now)
    letter = _letter(SIGN_OFF, version.request, "a return to sign off", url=url, version=version)
    key = f"{SIGN_OFF}:{version.pk}:{now.isoformat()}"
    queue(letter, key=key, address=version.signer_address, not_before=send_at(now))


def queue_sent_back(version: AgencyReturn, *, now: datetime) -> None:
    """To the contributor, with a fresh link; a member signs in and finds it there."""
    address = version.author_address
    url = links.issue(links.RETURN, version.request.subject, address, version.request, by=None, now=now)
    letter = _letter(SENT_BACK, version.request, "your return was sent back", url=url)
    queue(letter, key=f"{SENT_BACK}:{version.pk}:{now.isoformat()}", address=address, not_before=send_at(now))


def queue_receipt(version: AgencyReturn, pdf: bytes, *, now: datetime) -> None:
    """The receipt as a file, to the author and the senior lead, each once."""
    name = f"Receipt-{version.request.referral.reference}-version-{version.version}.pdf"
    letter = _letter(RECEIPT, version.request, "receipt for your return", version=version)
    letter = Letter(letter.kind, letter.subject, letter.text, letter.html, letter.reference, [_pdf(name, pdf)])
    for address in dict.fromkeys((version.author_address, version.signer_address)):
        queue(letter, key=f"{RECEIPT}:{version.pk}:{address}", address=address, not_before=send_at(now))


def _pdf(name: str, content: bytes) -> File:
    return File(name, "application/pdf", content)


def queue_arrived(request: InformationRequest, *, about: str, now: datetime) -> None:
    """Lead and business manager of the case, with its walls applied."""
    subject = f"{request.agency.short_name}: {request.get_status_display().lower()}"
    letter = _letter(ARRIVED, request, subject, path=request.get_absolute_url())
    people = recipients(request.referral, timezone.localdate(now))
    for person in {user.pk: user for level in ("lead", "business_manager") for user in people[level]}.values():
        queue(letter, key=f"{ARRIVED}:{about}:{person.pk}", to=person, not_before=send_at(now))


def chase_letter(lines: Sequence[Any], *, to_manager: bool) -> Letter:
    """All that one person is reminded of, in one mail. Its subject names a case only where it is the only one."""
    references = list(dict.fromkeys(line.request.referral.reference for line in lines))
    late = sum(line.is_late for line in lines)
    what = f"{len(lines)} return{'' if len(lines) == 1 else 's'} wanted" + (f", {late} late" if late else "")
    kind = CHASE_MANAGER if to_manager else CHASE
    subject = f"{MARKING} {references[0]}: {what}" if len(references) == 1 else f"{MARKING} {what}"
    context = {
        "lines": lines,
        "to_manager": to_manager,
        "link": f"{settings.SITE_URL}{reverse('agency_returns:board')}",
        "site": settings.SITE_URL,
        "partnership": Partnership.current(),
    }
    text = render_to_string("emails/agency_returns/chase.txt", context)
    return Letter(kind=kind, subject=subject, text=text, reference=references[0] if len(references) == 1 else "")
