"""Whom to tell today of safeguarding issues without an answer. Reads only; `workflow.chase_issues` sends exactly that.

The agency is reminded every calendar day, weekends and bank holidays too, since a child at risk does not wait for
Monday. After the answer date the chair is told, then the three Safeguarding Partners: who and when is data
(SafeguardingTimes). Walls hold: a walled chair's deputy is told instead, a walled lead of the agency nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from panel.models import User
from rapid_reviews.choices import IssueLevel
from rapid_reviews.models import IssueNotice, SafeguardingIssue, SafeguardingTimes
from rapid_reviews.models.safeguarding import times_on
from referrals.models import ConflictOfInterest
from referrals.people import Roster

PEOPLE = {IssueLevel.CHAIR: "chair", IssueLevel.PARTNERS: "executive"}  # the names of `referrals.people`
Told = set[tuple[int, int, str, date, str]]  # issue, round, level, day, address


@dataclass(frozen=True)
class Notice:
    """One mail to one person about one issue, and the earlier days that it outruns."""

    issue: SafeguardingIssue
    level: IssueLevel
    occurs_on: date
    address: str
    user: User | None  # None: the agency's safeguarding lead
    outrun: tuple[date, ...] = field(default=())


def plan(now: datetime, issues: Sequence[SafeguardingIssue]) -> list[Notice]:
    """What is due about the unanswered `issues` and was not sent. The same few queries, however many there are."""
    today = timezone.localdate(now)
    told: Told = set(
        IssueNotice.objects.filter(issue__in=[issue.pk for issue in issues]).values_list(
            "issue", "round", "level", "occurs_on", "address"
        )
    )
    cases = [issue.review.referral for issue in issues]
    roster = Roster.on(today, cases)
    walls = ConflictOfInterest.objects.filter(ConflictOfInterest.running(today), referral__in=[c.pk for c in cases])
    walled = {(case, email.lower()) for case, email in walls.values_list("referral", "member__email")}
    editions = list(SafeguardingTimes.objects.order_by("effective_from"))
    found: list[Notice] = []
    for issue in issues:
        times = times_on(timezone.localdate(issue.asked_at), editions)
        if (issue.review.referral_id, issue.lead_address) not in walled:
            found += _to_agency(issue, times, told, today)
        found += _escalated(issue, times, told, today, roster)
    return found


def _to_agency(issue: SafeguardingIssue, times: SafeguardingTimes, told: Told, today: date) -> Iterator[Notice]:
    """One reminder, for the latest day; the days that an outage missed are outrun by it."""
    days = times.chased_on(timezone.localdate(issue.asked_at), today)
    key = (issue.pk, issue.round, IssueLevel.AGENCY.value)
    untold = [day for day in days if (*key, day, issue.lead_address) not in told]
    if untold and untold[-1] == days[-1]:
        yield Notice(issue, IssueLevel.AGENCY, untold[-1], issue.lead_address, None, tuple(untold[:-1]))


def _escalated(
    issue: SafeguardingIssue, times: SafeguardingTimes, told: Told, today: date, roster: Roster
) -> Iterator[Notice]:
    people = roster.recipients(issue.review.referral)
    for level, name in PEOPLE.items():
        day = times.told_on(level, issue.answer_by)
        if day > today:
            continue
        for user in people[name]:
            address = user.email.lower()
            if (issue.pk, issue.round, level.value, day, address) not in told:
                yield Notice(issue, level, day, address, user)
