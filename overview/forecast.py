"""What will be late within twenty working days at the present speed, and why: a forecast, with its reasons.

Of a statutory limit: by its local milestones (what is behind stays behind), and by how long the last ones of its kind
took. Of a return or an action: by how its agency kept its last dates. Without enough to go by there is no forecast.
All from what the reader sees: what is behind a wall neither appears nor counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import Any

from django.utils import timezone

from actions.models import Action
from actions.states import Status as ActionStatus
from agency_returns.models import InformationRequest
from deadlines.choices import Direction, Limit
from deadlines.models import Clock
from deadlines.standing import working_days
from deadlines.working_days import WorkingCalendar
from overview.board import Line, lines_for
from panel.models import Agency
from referrals.models import Referral

AHEAD = 20  # working days
ENOUGH = 3  # finished ones, below which nothing is concluded from them
LOOK_BACK = timedelta(days=365)


class Verdict(StrEnum):
    LATE = "late"
    IN_TIME = "in time"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Forecast:
    """One thing that is due within the time ahead. `expected_on` is None where there is nothing to go by."""

    what: str
    reference: str
    url: str
    due_on: date
    expected_on: date | None
    why: Sequence[str]
    at_risk: bool = False

    @property
    def verdict(self) -> Verdict:
        if self.at_risk or (self.expected_on is not None and self.expected_on > self.due_on):
            return Verdict.LATE
        return Verdict.UNKNOWN if self.expected_on is None else Verdict.IN_TIME


@dataclass(frozen=True)
class Outlook:
    """The forecasts up to `until`, by due date, and how many things are late already."""

    until: date
    forecasts: Sequence[Forecast]
    late_already: int

    def _with(self, verdict: Verdict) -> list[Forecast]:
        return [one for one in self.forecasts if one.verdict == verdict]

    @property
    def late(self) -> list[Forecast]:
        return self._with(Verdict.LATE)

    @property
    def in_time(self) -> list[Forecast]:
        return self._with(Verdict.IN_TIME)

    @property
    def unknown(self) -> list[Forecast]:
        return self._with(Verdict.UNKNOWN)


def outlook(user: Any, *, today: date, calendar: WorkingCalendar, without: frozenset[str] = frozenset()) -> Outlook:
    """What `user` sees coming, as if the cases in `without` (references) did not exist. Eight queries.

    Raises CalendarDoesNotReach where the bank holidays end too soon.
    """
    until = calendar.forward(today, AHEAD)
    lines = [line for line in lines_for(user, today=today, calendar=calendar) if line.clock.label not in without]
    ahead = [line for line in lines if line.clock.limit == Limit.BY and today <= line.clock.due_on <= until]
    speeds = _speeds(user, without, today=today, calendar=calendar)
    found = [_of_clock(line, speeds.get(line.clock.code, ()), today=today, calendar=calendar) for line in ahead]
    found += _of_returns(user, today, until, without)
    found += _of_actions(user, today, until, without)
    found.sort(key=lambda one: (one.due_on, one.reference, one.what))
    return Outlook(until, found, sum(line.late for line in lines))


def _speeds(user: Any, without: frozenset[str], *, today: date, calendar: WorkingCalendar) -> dict[str, list[int]]:
    """How many working days the limits finished in the last year took, by code."""
    visible = Referral.objects.visible_to(user, on=today).recorded().exclude(reference__in=without).values("reference")
    rows = Clock.objects.main().filter(
        label__in=visible, limit=Limit.BY, direction=Direction.FORWARD, completed_on__range=(today - LOOK_BACK, today)
    )
    found: dict[str, list[int]] = defaultdict(list)
    for code, started, ended in rows.order_by("completed_on").values_list("code", "trigger_on", "completed_on"):
        if calendar.knows(started) and calendar.knows(ended):
            found[code].append(calendar.between(started, ended))
    return found


def _of_clock(line: Line, took: Sequence[int], *, today: date, calendar: WorkingCalendar) -> Forecast:
    guesses = [_by_milestones(line.clock, today=today, calendar=calendar)]
    guesses.append(_by_speed(line.clock, took, today=today, calendar=calendar))
    days = [day for day, _ in guesses if day is not None]
    return Forecast(
        what=line.clock.rule.title,
        reference=line.clock.label,
        url=line.referral.get_absolute_url(),
        due_on=line.clock.due_on,
        expected_on=max(days, default=None),
        why=[why for _, why in guesses if why],
    )


def _by_milestones(clock: Any, *, today: date, calendar: WorkingCalendar) -> tuple[date | None, str]:
    """What is behind stays behind: once the milestone is reached, the rest takes as long as planned."""
    steps = [step for step in clock.open_milestones if step.due_on != clock.due_on]
    if not steps:
        return None, ""
    first = steps[0]
    if first.due_on >= today:
        said = f"On plan: the next milestone, “{first.rule.title}”, is not due before {_day(first.due_on)}."
        return clock.due_on, said
    rest = calendar.between(first.due_on, clock.due_on)
    behind = calendar.between(first.due_on, today)
    expected = calendar.forward(today, rest) if rest else today
    how_far = f"{working_days(behind).capitalize()} behind" if behind else "Less than a working day behind"
    return expected, (
        f"{how_far}: the milestone “{first.rule.title}” was due on "
        f"{_day(first.due_on)} and is open. Reached today, the rest as planned takes until {_day(expected)}."
    )


def _by_speed(clock: Clock, took: Sequence[int], *, today: date, calendar: WorkingCalendar) -> tuple[date | None, str]:
    if clock.direction != Direction.FORWARD or len(took) < ENOUGH:
        return None, f"Fewer than {ENOUGH} of its kind were finished in the last year: no speed to go by."
    usual = round(median(took))
    expected = calendar.forward(clock.trigger_on, max(usual, 1))
    said = f"The last {len(took)} of its kind took {working_days(usual)} (median)"
    if expected < today:
        return None, f"{said}; this one has taken longer already."
    return expected, f"{said}; at this speed it is done on {_day(expected)}."


def _of_returns(user: Any, today: date, until: date, without: frozenset[str]) -> list[Forecast]:
    requests = InformationRequest.objects.visible_to(user, on=today).exclude(referral__reference__in=without)
    ended = requests.filter(returned_at__date__range=(today - LOOK_BACK, today))
    kept = _kept(
        (agency, (timezone.localdate(at) - due).days)
        for agency, at, due in ended.order_by("pk").values_list("agency", "returned_at", "due_on")
    )
    waiting = requests.waiting().filter(due_on__range=(today, until)).select_related("agency", "referral")
    return [
        _of_agency(
            f"Return of {one.agency}", one.referral.reference, one.get_absolute_url(), one.due_on, one.agency, kept
        )
        for one in waiting.order_by("pk")
    ]


def _of_actions(user: Any, today: date, until: date, without: frozenset[str]) -> list[Forecast]:
    actions = Action.objects.visible_to(user, on=today).exclude(referral__reference__in=without)
    ended = actions.filter(claimed_on__range=(today - LOOK_BACK, today), due_on__isnull=False)
    kept = _kept(
        (owner, (claimed - due).days)
        for owner, claimed, due in ended.order_by("pk").values_list("owner", "claimed_on", "due_on")
    )
    coming = actions.filter(status=ActionStatus.OPEN, due_on__range=(today, until)).select_related("owner")
    return [
        _of_agency(
            f"Action of {one.owner}", one.reference, one.get_absolute_url(), one.due_on, one.owner, kept,
            at_risk=bool(one.at_risk_reason),
        )
        for one in coming.order_by("pk")
    ]  # fmt: skip


def _kept(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Agency → by how many days it missed (or, below 0, undercut) each of its dates."""
    found: dict[int, list[int]] = defaultdict(list)
    for agency, days in pairs:
        found[agency].append(days)
    return found


def _of_agency(
    what: str, reference: str, url: str, due_on: date, agency: Agency, kept: Mapping[int, Sequence[int]], *,
    at_risk: bool = False,
) -> Forecast:  # fmt: skip
    days = kept.get(agency.pk, ())
    why = ["It is marked as at risk."] if at_risk else []
    if len(days) < ENOUGH:
        why.append(f"{agency} has fewer than {ENOUGH} finished in the last year: no speed to go by.")
        return Forecast(what, reference, url, due_on, None, why, at_risk)
    usual = round(median(days))
    said = f"{usual} day{'' if usual == 1 else 's'} after their date" if usual > 0 else "by their date"
    why.append(f"The last {len(days)} of {agency} came {said} (median).")
    return Forecast(what, reference, url, due_on, due_on + timedelta(days=max(usual, 0)), why, at_risk)


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
