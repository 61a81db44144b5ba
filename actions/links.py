"""The link by which a lead without an account updates one action, and whom an action's letters go to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from access_links import workflow as access
from access_links.models import AccessLink
from access_links.purposes import Purpose
from actions.models import Action
from actions.states import RUNNING
from panel.models import User
from referrals.models import ConflictOfInterest

UPDATE = "action-update"
LIFETIME = timedelta(days=120)


@dataclass(frozen=True)
class Contact:
    """Whom letters about an action go to; `user` signs in, the others get a link."""

    address: str
    name: str
    user: User | None = None


class Contacts:
    """The contact of each action: its lead, else its agency's safeguarding lead; never through a wall. Two queries."""

    def __init__(self, actions: Iterable[Action], on: date) -> None:
        self.on = on
        cases = [action.referral_id for action in actions if action.referral_id]
        walls = ConflictOfInterest.objects.filter(ConflictOfInterest.running(on), referral__in=cases)
        self._walled = {(case, email.lower()) for case, email in walls.values_list("referral", "member__email")}

    def of(self, action: Action) -> Contact | None:
        candidates = []
        if action.lead is not None and action.lead.is_active:
            candidates.append(Contact(action.lead.email.lower(), action.lead.name, action.lead))
        if action.lead_address:
            candidates.append(Contact(action.lead_address.lower(), action.lead_name))
        if action.owner.safeguarding_address:
            candidates.append(Contact(action.owner.safeguarding_address.lower(), action.owner.safeguarding_lead))
        return next((one for one in candidates if (action.referral_id, one.address) not in self._walled), None)


def contact_of(action: Action, on: date) -> Contact | None:
    return Contacts([action], on).of(action)


def action_of(link: AccessLink) -> Action | None:
    rows = Action.objects.select_related("referral", "owner", "lead").prefetch_related("others")
    return rows.filter(pk=int(link.subject.rpartition(":")[2])).first()


def wanted(link: AccessLink) -> bool:
    """Whether there is anything left to say: the action is open, and no wall came between it and the reader."""
    action = action_of(link)
    if action is None or action.status not in RUNNING:
        return False
    if action.referral is None:
        return True
    running = ConflictOfInterest.objects.filter(
        ConflictOfInterest.running(timezone.localdate()), referral=action.referral
    )
    return not running.filter(member__email__iexact=link.address).exists()


def issue(action: Action, address: str, *, by: object, now: datetime) -> str:
    """A new link in the form in which it stands in the mail."""
    _, token = access.issue(
        purpose=UPDATE, subject=action.subject, address=address, reference=action.case_reference,
        expires_at=now + LIFETIME, now=now, by=by,
    )  # fmt: skip
    return f"{settings.SITE_URL}{reverse('access_links:link', args=[token])}"


def url_for(action: Action, contact: Contact, *, by: object, now: datetime) -> str:
    """Where the contact updates the action: its page for somebody with an account, a link for everybody else."""
    if contact.user is not None:
        return f"{settings.SITE_URL}{action.get_absolute_url()}"
    return issue(action, contact.address, by=by, now=now)


def purpose() -> Purpose:
    return Purpose(
        code=UPDATE, title="Update an action", wanted=wanted,
        home=lambda token: reverse("actions:link-update", args=[token]),
    )  # fmt: skip
