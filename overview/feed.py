"""One person's dates as an iCalendar file (RFC 5545): references and what is due, never a name.

The same querysets as the pages: what is not visible, or walled off, is not in it, at each fetch anew.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from deadlines.choices import Limit
from deadlines.models import Clock
from panel.models import PanelMeeting, Partnership
from panel.permissions import Permission, can
from practice_reviews.facts import days_for
from referrals.models import Referral
from referrals.people import led_by

REFRESH = timedelta(hours=4)


@dataclass(frozen=True)
class Entry:
    """One all-day entry. `key` stays the same when its day moves, so that the calendar moves it too."""

    key: str
    day: date
    title: str
    url: str


def entries_of(person: Any, *, today: date) -> list[Entry]:
    """What `person` sees: time limits on the board, milestones of cases they lead, meetings, days beside reviews."""
    visible = Referral.objects.visible_to(person, on=today).recorded()
    led = visible.filter(led_by(person, today)).values("reference")
    running = Clock.objects.running().select_related("rule", "parent").order_by("due_on", "pk")
    clocks = list(running.milestones().filter(label__in=led))
    clocks = [clock for clock in clocks if clock.parent is None or clock.due_on != clock.parent.due_on]
    if can(person, Permission.SEE_BOARD, on=today):
        clocks += running.main().filter(label__in=visible.values("reference"))
    entries = [*map(_entry, clocks), *_meetings(person, today), *_beside_reviews(person, today)]
    return sorted(entries, key=lambda entry: (entry.day, entry.key))


def _meetings(person: Any, today: date) -> list[Entry]:
    """The planned meetings from today on; a moved one keeps its key."""
    if not can(person, Permission.SEE_MEETINGS, on=today):
        return []
    return [
        Entry(
            key=f"meeting-{meeting.pk}",
            day=meeting.on,
            title=f"{meeting.body}, {meeting.at:%H:%M}",
            url=settings.SITE_URL + reverse("panel:meeting-list"),
        )
        for meeting in PanelMeeting.objects.planned().filter(on__gte=today).order_by("on", "at")
    ]


def _beside_reviews(person: Any, today: date) -> list[Entry]:
    """Next dates of parallel proceedings, and planned events with practitioners."""
    days = days_for(person, today=today)
    return [Entry(day.key, day.on, day.title, settings.SITE_URL + day.url) for day in days]


def _entry(clock: Clock) -> Entry:
    expected = " (expected)" if clock.limit == Limit.EXPECTED else ""
    return Entry(
        key=f"clock-{clock.pk}",
        day=clock.due_on,
        title=f"{clock.label}: {clock.rule.title}{expected}",
        url=settings.SITE_URL + reverse("overview:case", args=[clock.label]),
    )


def ics(entries: list[Entry], *, now: datetime) -> bytes:
    """The file, made at the instant `now`. Its name and its titles carry neutral references only."""
    name = f"{Partnership.current().abbreviation} CSPR Panel"
    calendar = Calendar()
    calendar.add("prodid", "-//CSPR Panel//dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@cspr-panel")
        event.add("dtstamp", now)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.title)
        event.add("url", entry.url)
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return calendar.to_ical()
