"""The link by which somebody replies to an invitation without signing in. It opens nothing else."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from access_links import workflow as access
from access_links.models import AccessLink
from access_links.purposes import Purpose
from meetings.invites import begins_at
from meetings.models import Invitation
from meetings.states import Reply
from panel.choices import MeetingStatus

REPLY = "meeting-reply"


def invitation_of(link: AccessLink) -> Invitation | None:
    rows = Invitation.objects.select_related("meeting", "membership__user", "membership__agency", "invited_by")
    return rows.filter(pk=int(link.subject.rpartition(":")[2])).first()


def wanted(link: AccessLink) -> bool:
    """Whether a reply still changes anything: the meeting is planned, and this person is asked."""
    invitation = invitation_of(link)
    return (
        invitation is not None
        and invitation.status != Reply.WITHDRAWN
        and invitation.meeting.status == MeetingStatus.PLANNED
        and invitation.membership.user.is_active
    )


def issue(invitation: Invitation, *, by: object, now: datetime) -> str:
    """A new link in the form in which it stands in the mail; it ends with the day of the meeting."""
    _, token = access.issue(
        purpose=REPLY, subject=invitation.subject, address=invitation.membership.user.email, reference="",
        expires_at=max(begins_at(invitation.meeting), now) + timedelta(days=1), now=now, by=by,
    )  # fmt: skip
    return f"{settings.SITE_URL}{reverse('access_links:link', args=[token])}"


def purpose() -> Purpose:
    return Purpose(
        code=REPLY, title="Reply to an invitation to a meeting", wanted=wanted,
        home=lambda token: reverse("meetings:link-reply", args=[token]),
    )  # fmt: skip
