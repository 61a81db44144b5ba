"""Letters about accounts. They name no case and no child."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from core.letters import Letter
from panel.models import PanelMeeting, Partnership, User
from panel.tokens import LIFETIME, invitation_tokens

INVITATION = "account-invitation"
SECOND_FACTOR_RESET = "account-second-factor-reset"
PASSWORD_RESET = "account-password-reset"  # noqa: S105 - a kind of mail
NOTICE = "account-notice"
MEETING = "panel-meeting"


def invitation_link(person: User) -> str:
    """The address at which `person` chooses a password. Whoever has it can: it goes to their mailbox only."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("panel:invitation-accept", kwargs={"uidb64": uid, "token": invitation_tokens.make_token(person)})
    return f"{settings.SITE_URL}{path}"


def invitation(person: User) -> Letter:
    partnership = Partnership.current()
    context = {"partnership": partnership, "link": invitation_link(person), "days": LIFETIME.days}
    return Letter(
        kind=INVITATION,
        subject=f"Your invitation to the {partnership.abbreviation} CSPR Panel service",
        text=render_to_string("emails/panel/invitation.txt", context),
    )


def second_factor_reset() -> Letter:
    partnership = Partnership.current()
    context = {"partnership": partnership, "link": f"{settings.SITE_URL}{reverse('mfa_index')}"}
    return Letter(
        kind=SECOND_FACTOR_RESET,
        subject="Your second step for signing in was removed",
        text=render_to_string("emails/panel/second_factor_reset.txt", context),
    )


def address_changed() -> Letter:
    """To the old address: whoever reads it there must know."""
    partnership = Partnership.current()
    return Letter(
        kind=NOTICE,
        subject="The e-mail address of your account was changed",
        text=render_to_string("emails/panel/address_changed.txt", {"partnership": partnership}),
    )


def meeting(meeting: PanelMeeting, what: str) -> Letter:
    """A meeting was planned, moved or cancelled: `what` says which. No case, and not the typed reason either."""
    context = {
        "meeting": meeting,
        "what": what,
        "partnership": Partnership.current(),
        "link": f"{settings.SITE_URL}{reverse('panel:meeting-list')}",
    }
    return Letter(
        kind=MEETING,
        subject=f"{meeting.body} {what}: {meeting.on:%A} {meeting.on.day} {meeting.on:%B %Y}",
        text=render_to_string("emails/panel/meeting.txt", context),
    )
