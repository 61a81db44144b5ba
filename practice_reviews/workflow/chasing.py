"""The sweep over single-agency reviews: the agency is reminded, then the chair, then the Executive are told. Once each.

A review that an agency has declined waits for the chair: it goes up the ladder from the day of the answer wanted.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from agency_returns.workflow import is_walled
from core.guard import workflow
from deadlines import calendar as stored
from deadlines.quiet import is_open
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar
from panel.models import User
from practice_reviews.choices import AskLevel
from practice_reviews.emails import asking as emails
from practice_reviews.models import AgencyAsk, AskNotice
from practice_reviews.people import people_of
from practice_reviews.states import RUNNING, AskStatus
from practice_reviews.workflow.asking import times_on
from practice_reviews.workflow.base import local_day, note, write

LOCK = 0x72657669657773  # "reviews": two runs at once take turns
ORDER = list(AskLevel)


@dataclass(frozen=True)
class Due:
    """One mail: about which request, to whom at which level, for which day that was missed."""

    ask: AgencyAsk
    level: AskLevel
    due_on: date
    address: str
    user: User | None  # None: the agency's lead


def missed_on(ask: AgencyAsk) -> date:
    """The day by which the agency was to act: to answer, or to report."""
    return ask.report_by if ask.status == AskStatus.ACCEPTED else ask.answer_by


@workflow
def sweep(*, now: datetime) -> list[Due]:
    """Send what is due in the hours in which mail may go; before them nothing is noted."""
    if not is_open(now):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    found = plan(now)
    for due in found:
        _send(due, now)
    return found


def plan(now: datetime) -> list[Due]:
    """What is due and was not sent. Reads only."""
    today, calendar = local_day(now), stored.current()
    waiting = [AskStatus.ASKED, AskStatus.ACCEPTED, AskStatus.DECLINED]
    rows = AgencyAsk.objects.filter(status__in=waiting, review__status__in=RUNNING)
    told = set(AskNotice.objects.filter(ask__in=rows).values_list("ask", "level", "due_on", "address"))
    found = []
    for ask in rows.select_related("review__referral__lead", "review__agency").order_by("pk"):
        for due in _of(ask, today, calendar):
            if (ask.pk, due.level.value, due.due_on, due.address) not in told:
                found.append(due)
    return found


def _of(ask: AgencyAsk, today: date, calendar: WorkingCalendar) -> list[Due]:
    due_on = missed_on(ask)
    if today <= due_on:
        return []
    try:
        late = calendar.between(due_on, today)
    except CalendarDoesNotReach:
        return []
    times = times_on(due_on)
    found = []
    if late >= times.agency_after and ask.status != AskStatus.DECLINED and not _is_walled(ask, today):
        found.append(Due(ask, AskLevel.AGENCY, due_on, ask.lead_address, None))
    people = people_of(ask.review, today)
    for level, after in ((AskLevel.CHAIR, times.chair_after), (AskLevel.EXECUTIVE, times.executive_after)):
        if late >= after:
            found += [Due(ask, level, due_on, user.email.lower(), user) for user in people[level.value]]
    return found


def _is_walled(ask: AgencyAsk, today: date) -> bool:
    case = ask.review.referral
    return case is not None and is_walled(case, ask.lead_address, on=today)


def _send(due: Due, now: datetime) -> None:
    ask = due.ask
    AskNotice.objects.create(ask=ask, level=due.level, due_on=due.due_on, address=due.address, recorded_at=now)
    if due.user is None:
        emails.queue_chased(ask, due_on=due.due_on, now=now)
    else:
        emails.queue_escalated(ask, due.user, level=due.level, due_on=due.due_on, now=now)
    if ORDER.index(due.level) > ORDER.index(AskLevel(ask.level)):
        write(ask, level=due.level)
        note("agency_escalated", by=None, review=ask.review, agency=str(ask.review.agency), level=due.level.label)
