"""What the meetings ask of one person, for their home page, and of who plans them. A fixed number of queries."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from core.attention import Item
from core.needs import Need
from meetings.choices import PackState
from meetings.models import Invitation, Minutes, Pack, TermsReview
from meetings.states import MinutesStatus, Reply, Stage
from panel.choices import MeetingStatus
from panel.models import PanelMeeting, User
from panel.permissions import Permission, can

INVITE_AHEAD = timedelta(days=35)  # local practice, to be confirmed
TERMS_AHEAD = timedelta(days=60)


def needs(user: User, today: date) -> list[Need]:
    """To reply, to read one's papers; to invite, to draft and to approve minutes."""
    if not user.is_authenticated or not can(user, Permission.SEE_MEETINGS, on=today):
        return []
    found = [*_replies(user, today), *_papers(user, today)]
    if can(user, Permission.CONDUCT_MEETINGS, on=today):
        found += [*_to_invite(today), *_to_draft()]
    return found


def _need(what: str, meeting: PanelMeeting, name: str = "meeting", *args: Any, due: date | None = None) -> Need:
    about = f"{meeting.body} of {meeting.on.day} {meeting.on:%B %Y}"
    return Need(what=what, url=reverse(f"meetings:{name}", args=[meeting.pk, *args]), about=about, due=due)


def _replies(user: User, today: date) -> list[Need]:
    rows = Invitation.objects.filter(membership__user=user, status=Reply.INVITED).select_related("meeting")
    rows = rows.filter(meeting__status=MeetingStatus.PLANNED, meeting__on__gte=today).order_by("meeting__on")
    return [_need("Reply to an invitation", row.meeting, "reply", row.pk, due=row.meeting.on) for row in rows]


def _papers(user: User, today: date) -> list[Need]:
    rows = Pack.objects.visible_to(user).light().filter(state=PackState.READY, read_at__isnull=True)
    rows = rows.filter(meeting__status=MeetingStatus.PLANNED, meeting__on__gte=today).select_related("meeting")
    return [_need("Read your papers", row.meeting, "pack", due=row.meeting.on) for row in rows]


def _to_invite(today: date) -> list[Need]:
    there = Invitation.objects.filter(meeting=OuterRef("pk"))
    rows = PanelMeeting.objects.from_day(today).filter(~Exists(there), on__lte=today + INVITE_AHEAD)
    return [_need("Invite the members", row, due=row.on) for row in rows]


def _to_draft() -> list[Need]:
    there = Minutes.objects.filter(meeting=OuterRef("pk"))
    ended = PanelMeeting.objects.filter(~Exists(there), sitting__stage=Stage.ENDED)
    drafts = Minutes.objects.filter(status=MinutesStatus.DRAFT).select_related("meeting")
    found = [_need("Draft the minutes", row) for row in ended]
    return [*found, *(_need("Correct and circulate the minutes", row.meeting, "minutes") for row in drafts)]


def attention(now: datetime) -> list[Item]:
    """For the cockpit: the terms of reference that are due, members for whom nobody comes, papers that failed."""
    today = timezone.localdate(now)
    items = []
    last = TermsReview.objects.first()
    if last is None or last.next_due_on <= today + TERMS_AHEAD:
        day = f"is due by {last.next_due_on.day} {last.next_due_on:%B %Y}" if last else "was never recorded"
        items.append(Item(f"The review of the terms of reference {day}.", reverse("meetings:terms")))
    failed = Pack.objects.filter(state=PackState.FAILED, meeting__status=MeetingStatus.PLANNED).values_list(
        "meeting", flat=True
    )
    items += [
        Item("Papers of a meeting could not be made.", reverse("meetings:meeting", args=[pk]), urgent=True)
        for pk in sorted(set(failed))
    ]
    return items
