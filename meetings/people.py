"""Who belongs to a meeting: who is asked to it, who may attend it (reads only)."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count, Q

from meetings.models import Invitation
from panel.choices import MeetingKind
from panel.meetings import EXECUTIVE
from panel.models import Membership, PanelMeeting
from panel.roles import PANEL_ROLES, Role

YEAR = timedelta(days=365)
ASKED = {MeetingKind.EXECUTIVE: frozenset(EXECUTIVE)}
ATTENDING = PANEL_ROLES | {Role.SAFEGUARDING_PARTNER}


def seats(meeting: PanelMeeting, roles: frozenset[Role]) -> list[Membership]:
    """The seats that run on the day of the meeting, with everything that a page or the quorum needs. One query."""
    running = Membership.objects.running_on(meeting.on).with_role(*roles).filter(user__is_active=True)
    related = running.select_related("user", "agency", "deputy_for__user", "deputy_for__agency")
    return list(related.order_by("user__name", "pk"))


def to_ask(meeting: PanelMeeting) -> list[Membership]:
    """Who is invited: the members. A named deputy is asked when the member declines, not before."""
    return seats(meeting, ASKED.get(MeetingKind(meeting.kind), PANEL_ROLES - {Role.NAMED_DEPUTY}))


def may_attend(meeting: PanelMeeting) -> list[Membership]:
    """Whose seat can be marked as there: the members, deputies and partners."""
    return seats(meeting, ASKED.get(MeetingKind(meeting.kind), ATTENDING))


def deputy_seat(seat: Membership, on: date) -> Membership | None:
    """The one named deputy's seat, if there is a deputy on that day."""
    named = Membership.objects.running_on(on).with_role(Role.NAMED_DEPUTY)
    found = named.filter(deputy_for=seat, user__is_active=True).select_related("user", "agency", "deputy_for__user")
    return found.first()


def deputy_use(members: Sequence[int], on: date) -> dict[int, tuple[int, int]]:
    """Membership id → (meetings for which a deputy was called in, meetings asked to), in the year up to `on`."""
    asked = Invitation.objects.filter(membership__in=members, meeting__on__range=(on - YEAR, on))
    asked = asked.exclude(meeting__status="cancelled")
    rows = asked.values("membership").annotate(
        of=Count("pk", distinct=True), called=Count("deputies", filter=~Q(deputies__status="withdrawn"), distinct=True)
    )
    return {row["membership"]: (row["called"], row["of"]) for row in rows}
