"""Whom to remind of which draft today: the ladder for drafts over all open rounds, as digests. Reads only;
`workflow.chasing.chase_drafts` sends exactly that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from agency_returns.chasing import occurrences
from deadlines import calendar as stored
from deadlines.quiet import send_at
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar
from panel.models import User
from panel.roles import Role
from practice_reviews.models import FactCheck, FactCheckStep, FactCheckTold
from practice_reviews.states import RUNNING
from referrals.models import ConflictOfInterest
from referrals.people import Roster


@dataclass
class Line:
    """One draft in one person's digest: the latest step that was reached, and those that it outruns."""

    check: FactCheck
    step: FactCheckStep
    occurs_on: date
    is_late: bool
    outrun: list[tuple[FactCheckStep, date]] = field(default_factory=list)
    url: str = ""  # of the new link, for the agency's own mail


@dataclass
class Digest:
    """One mail to one address; `user` is the business manager, None an agency."""

    address: str
    user: User | None
    lines: list[Line]
    leaves_at: datetime


def waiting() -> list[FactCheck]:
    """What agencies have still to answer, in reviews that run."""
    rows = FactCheck.objects.waiting().filter(draft__review__status__in=RUNNING)
    related = ("draft__review__referral__lead", "agency")
    return list(rows.select_related(*related).order_by("draft__due_on", "pk"))


class _People:
    """The business managers of each review, and who is walled off from which case. Three queries."""

    def __init__(self, rows: Sequence[FactCheck], today: date) -> None:
        cases = [row.draft.review.referral for row in rows if row.draft.review.referral]
        self._roster = Roster.on(today, cases)
        walls = ConflictOfInterest.objects.filter(ConflictOfInterest.running(today), referral__in=[c.pk for c in cases])
        self._walled = {(case, email.lower()) for case, email in walls.values_list("referral", "member__email")}

    def of(self, row: FactCheck, step: FactCheckStep) -> Iterator[tuple[str, User | None]]:
        case = row.draft.review.referral
        if step.tells_agency and (case.pk if case else None, row.lead_address) not in self._walled:
            yield row.lead_address, None
        if step.tells_manager:
            managers = (
                self._roster.recipients(case)["business_manager"]
                if case
                else self._roster.holders.get(Role.BUSINESS_MANAGER, [])
            )
            yield from ((user.email.lower(), user) for user in managers)


def plan(now: datetime) -> list[Digest]:
    """The digests that are due and were not sent. A fixed number of queries, however many drafts are out."""
    today = timezone.localdate(now)
    rows, steps, calendar = waiting(), list(FactCheckStep.objects.all()), stored.current()
    ledger = FactCheckTold.objects.filter(check_row__in=[row.pk for row in rows])
    told = set(ledger.values_list("check_row", "step", "occurs_on", "address"))
    people, leaves_at = _People(rows, today), send_at(now, calendar=calendar)
    digests: dict[str, Digest] = {}
    for row in rows:
        for address, (user, line) in _lines(row, _reached(row, steps, today, calendar), people, told, today).items():
            digests.setdefault(address, Digest(address, user, [], leaves_at)).lines.append(line)
    return sorted(digests.values(), key=lambda digest: digest.address)


def _reached(
    row: FactCheck, steps: Sequence[FactCheckStep], today: date, calendar: WorkingCalendar
) -> list[tuple[date, FactCheckStep]]:
    """Every step reached since the agency was asked, in the order of days."""
    if row.due_on is None:
        return []
    try:
        found = [
            (day, step)
            for step in steps
            for day in occurrences(row.due_on, step, today, calendar)  # type: ignore[arg-type] # the same shape
        ]
    except CalendarDoesNotReach:
        return []
    asked_on = timezone.localdate(row.asked_at)
    since = [(day, step) for day, step in found if day > asked_on or day == today]
    return sorted(since, key=lambda one: (one[0], one[1].anchor, one[1].offset))


def _lines(
    row: FactCheck,
    reached: Sequence[tuple[date, FactCheckStep]],
    people: _People,
    told: set[tuple[int, int, date, str]],
    today: date,
) -> dict[str, tuple[User | None, Line]]:
    """One line for each person who was not told of the latest step yet."""
    lines: dict[str, tuple[User | None, Line]] = {}
    for day, step in reached:
        for address, user in people.of(row, step):
            before = lines.pop(address, None)
            if (row.pk, step.pk, day, address) in told:
                continue  # what was told later outruns what was not told before
            outrun = [*before[1].outrun, (before[1].step, before[1].occurs_on)] if before else []
            lines[address] = (user, Line(row, step, day, row.is_late_on(today), outrun))
    return lines
