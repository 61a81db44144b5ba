"""Whom to remind of what today: the chase ladder over all open requests, as digests. Reads only; pages and dry runs
show it as it is, `workflow.chase` sends exactly that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from agency_returns.choices import Anchor
from agency_returns.models import Chase, ChaseStep, InformationRequest
from agency_returns.permissions import ENDED
from deadlines import calendar as stored
from deadlines.quiet import send_at
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar
from panel.models import User
from referrals.models import ConflictOfInterest
from referrals.people import Roster


@dataclass
class Line:
    """One request in one person's digest: the latest step that was reached, and those that it outruns."""

    request: InformationRequest
    step: ChaseStep
    occurs_on: date
    is_late: bool
    outrun: list[tuple[ChaseStep, date]] = field(default_factory=list)
    url: str = ""  # of the new link, for the agency's own mail


@dataclass
class Digest:
    """One mail to one address."""

    address: str
    name: str
    user: User | None  # the business manager; None: an agency
    lines: list[Line]
    leaves_at: datetime


def open_requests() -> QuerySet[InformationRequest]:
    """What is still to be answered, in cases that go on."""
    found: QuerySet[InformationRequest] = InformationRequest.objects.waiting()
    return found.exclude(referral__status__in=ENDED).select_related("referral__lead", "agency").order_by("due_on", "pk")


def occurrences(due_on: date, step: ChaseStep, today: date, calendar: WorkingCalendar) -> Iterator[date]:
    """The days up to `today` on which the step falls. Weekends and holidays lengthen a wait, never shorten it."""
    if step.anchor == Anchor.BEFORE_DUE:
        day = calendar.back(due_on, step.offset) if step.offset else due_on
        if day <= today <= due_on:  # once it is late, the other steps speak
            yield day
        return
    late = calendar.between(due_on, today) if today > due_on else 0
    for number in range(step.offset, late + 1, step.every or late + 1):
        yield calendar.forward(due_on, number)


def plan(now: datetime) -> list[Digest]:
    """The digests that are due and were not sent. Six queries, however many requests."""
    today = timezone.localdate(now)
    requests, steps, calendar = list(open_requests()), list(ChaseStep.objects.all()), stored.current()
    told = set(
        Chase.objects.filter(request__in=[r.pk for r in requests]).values_list(
            "request", "step", "occurs_on", "address"
        )
    )
    people = _People(today, requests)
    digests: dict[str, Digest] = {}
    for request in requests:
        for address, name, user, line in _lines(request, steps, people, told, today, calendar):
            digest = digests.setdefault(address, Digest(address, name, user, [], send_at(now, calendar=calendar)))
            digest.lines.append(line)
    return sorted(digests.values(), key=lambda digest: digest.address)


class _People:
    """The business managers of each case, and who is walled off from which."""

    def __init__(self, today: date, requests: Sequence[InformationRequest]) -> None:
        cases = [request.referral for request in requests]
        self._roster = Roster.on(today, cases)
        walls = ConflictOfInterest.objects.filter(ConflictOfInterest.running(today), referral__in=[c.pk for c in cases])
        self._walled = {(case, email.lower()) for case, email in walls.values_list("referral", "member__email")}

    def of(self, request: InformationRequest, step: ChaseStep) -> Iterator[tuple[str, str, User | None]]:
        if step.tells_agency and (request.referral_id, request.lead_address) not in self._walled:
            yield request.lead_address, request.lead_name, None
        if step.tells_manager:
            for user in self._roster.recipients(request.referral)["business_manager"]:
                yield user.email.lower(), user.name, user


def _lines(
    request: InformationRequest,
    steps: Sequence[ChaseStep],
    people: _People,
    told: set[tuple[int, int, date, str]],
    today: date,
    calendar: WorkingCalendar,
) -> Iterator[tuple[str, str, User | None, Line]]:
    """One line for each person who was not told of the latest step yet."""
    try:
        reached = sorted(
            ((day, step) for step in steps for day in occurrences(request.due_on, step, today, calendar)),
            key=lambda found: (found[0], found[1].anchor, found[1].offset),
        )
    except CalendarDoesNotReach:
        return
    asked_on = timezone.localdate(request.asked_at)
    lines: dict[str, tuple[str, User | None, Line]] = {}
    for day, step in reached:
        if day <= asked_on and day < today:
            continue  # asked after that day: the request itself said it
        for address, name, user in people.of(request, step):
            if (request.pk, step.pk, day, address) in told:
                lines.pop(address, None)  # what was told later outruns what was not told before
                continue
            line = Line(request, step, day, request.is_late_on(today))
            if address in lines:
                line.outrun = [*lines[address][2].outrun, (lines[address][2].step, lines[address][2].occurs_on)]
            lines[address] = (name, user, line)
    for address, (name, user, line) in lines.items():
        yield address, name, user, line


def ledger(digest: Digest, *, sent: Any, superseded: Any, now: datetime) -> list[Chase]:
    """The rows that keep a digest from being sent again."""
    rows = []
    for line in digest.lines:
        about = {"request": line.request, "address": digest.address, "recorded_at": now}
        rows.append(Chase(step=line.step, occurs_on=line.occurs_on, state=sent, **about))
        rows += [Chase(step=step, occurs_on=day, state=superseded, **about) for step, day in line.outrun]
    return rows
