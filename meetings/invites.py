"""An invitation as a calendar file (RFC 5545, RFC 5546): the request, its updates, and the cancellation.

The title is neutral and names no case; times are in UTC, which every calendar shows as its owner's.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from core.letters import File
from meetings.models import Invitation
from panel.models import PanelMeeting

LENGTH = timedelta(hours=2)  # local practice, to be confirmed: nothing says how long a meeting lasts
REQUEST, CANCEL = "REQUEST", "CANCEL"


def begins_at(meeting: PanelMeeting) -> datetime:
    """The instant at which the meeting begins, as Europe/London has it."""
    return timezone.make_aware(datetime.combine(meeting.on, meeting.at))


def ics(invitation: Invitation, method: str, *, now: datetime) -> bytes:
    """The bytes of one calendar file for one person. `method` is REQUEST or CANCEL."""
    meeting, person = invitation.meeting, invitation.membership.user
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//CSPR Panel//meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event.add("uid", f"meeting-{meeting.pk}-{invitation.pk}@cspr-panel")
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", begins_at(meeting).astimezone(UTC))
    event.add("dtend", begins_at(meeting).astimezone(UTC) + LENGTH)
    event.add("summary", meeting.body)
    event.add("location", vText(meeting.place))
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("class", "PRIVATE")
    event["organizer"] = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params["cn"] = vText(person.name)
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    event.add("attendee", attendee, encode=False)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def file(invitation: Invitation, method: str, *, now: datetime) -> File:
    """The same as an attachment that mail programs offer to answer."""
    return File("meeting.ics", f"text/calendar; method={method}", ics(invitation, method, now=now))
