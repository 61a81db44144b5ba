"""The letters of the meetings: nameless, of no case. One function each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from core.letters import File, Letter
from deadlines.quiet import send_at
from meetings import invites, links
from meetings.models import Invitation, Minutes, Pack
from notifications.workflow import queue
from panel.models import PanelMeeting, Partnership, User

INVITATION = "meeting-invitation"
CANCELLED = "meeting-cancelled"
PAPERS = "meeting-papers"
MINUTES = "meeting-minutes"

# kind, title, who, when, secret
CATALOGUE = (
    (
        INVITATION,
        "An invitation to a meeting",
        "Members of the Panel or the Executive Group; a named deputy where the member declines",
        "When they are invited, and when the meeting is moved; with a calendar file and a link to reply",
        True,
    ),
    (
        CANCELLED,
        "An invitation is withdrawn",
        "Whoever was invited",
        "When the meeting is cancelled or moved away, or the member comes after all; with a calendar file",
        False,
    ),
    (PAPERS, "The papers of a meeting are ready", "Each reader of a pack", "When their pack is made", False),
    (MINUTES, "Minutes to look at", "Whoever was invited", "When the draft minutes are circulated", False),
)


def _day(meeting: PanelMeeting) -> str:
    return f"{meeting.on:%A} {meeting.on.day} {meeting.on:%B %Y}"


def _queue(
    kind: str, meeting: PanelMeeting, to: User, *, subject: str, key: str, now: datetime,
    files: Sequence[File] = (), **context: Any,
) -> None:  # fmt: skip
    about = {"meeting": meeting, "person": to, "partnership": Partnership.current()}
    text = render_to_string(f"emails/meetings/{kind.removeprefix('meeting-')}.txt", about | context)
    letter = Letter(kind, subject, text, files=tuple(files))
    queue(letter, key=f"{kind}:{key}", to=to, not_before=send_at(now))


def queue_invitation(invitation: Invitation, *, by: User, now: datetime, moved: bool = False) -> None:
    """With a calendar file and a link to reply. A deputy is told for whom."""
    meeting, person = invitation.meeting, invitation.membership.user
    what = "moved to" if moved else "on"
    _queue(
        INVITATION, meeting, person, subject=f"{meeting.body} {what} {_day(meeting)}: can you come?",
        key=f"{invitation.pk}:{invitation.sequence}:{now.isoformat()}", now=now,
        files=[invites.file(invitation, invites.REQUEST, now=now)], moved=moved, called_for=invitation.called_for,
        url=links.issue(invitation, by=by, now=now),
    )  # fmt: skip


def queue_withdrawn(invitation: Invitation, *, now: datetime, is_cancelled: bool) -> None:
    meeting = invitation.meeting
    subject = "cancelled" if is_cancelled else "you are not needed"
    _queue(
        CANCELLED, meeting, invitation.membership.user, subject=f"{meeting.body} of {_day(meeting)}: {subject}",
        key=f"{invitation.pk}:{invitation.sequence}:{now.isoformat()}", now=now,
        files=[invites.file(invitation, invites.CANCEL, now=now)], is_cancelled=is_cancelled,
    )  # fmt: skip


def queue_papers(pack: Pack, *, now: datetime) -> None:
    """No file goes by mail: the reader signs in, where the walls of today hold."""
    meeting = pack.meeting
    url = f"{settings.SITE_URL}{reverse('meetings:pack', args=[meeting.pk])}"
    _queue(
        PAPERS, meeting, pack.person, subject=f"Papers for the {meeting.body} of {_day(meeting)}",
        key=f"{pack.pk}:{pack.number}", now=now, url=url, number=pack.number,
    )  # fmt: skip


def queue_minutes(minutes: Minutes, to: User, *, now: datetime) -> None:
    meeting = minutes.meeting
    url = f"{settings.SITE_URL}{reverse('meetings:minutes', args=[meeting.pk])}"
    _queue(
        MINUTES, meeting, to, subject=f"Draft minutes of the {meeting.body} of {_day(meeting)}",
        key=f"{minutes.pk}:{to.pk}:{now.isoformat()}", now=now, url=url,
    )  # fmt: skip
