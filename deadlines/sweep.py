"""The sweep: one set-based pass over the running clocks that reminds people of what comes due.

Safe to run twice, at once or after a week's silence. First the steps that were reached are written into the ledger
(one row per clock, step, day and person, unique): the latest for each person waits, earlier ones are superseded.
Then what waits is handed to the owners, in the hours in which mail may go, and marked in the same transaction.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from core.guard import workflow
from deadlines import calendar as stored
from deadlines import ladder, owners, quiet
from deadlines.choices import ReminderState
from deadlines.models import Clock, ClockRevision, LadderStep, Reminder
from deadlines.standing import standing
from deadlines.workflow.recount import tell
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar

logger = logging.getLogger(__name__)
BATCH = 5000  # ledger rows per INSERT
LAST_CALL = 60  # working days before the known years end in which every sweep warns


@dataclass
class Swept:
    """What a sweep did, or would do."""

    recorded: int = 0
    sent: list[Reminder] = field(default_factory=list)
    waiting: list[Reminder] = field(default_factory=list)  # for the morning
    unowned: list[Reminder] = field(default_factory=list)  # no owner, or the owner failed: tried again
    unreachable: list[Clock] = field(default_factory=list)  # beyond the known bank holidays
    told: int = 0
    reworded: set[int] = field(default_factory=set)  # rows recorded on an earlier day: their headline is today's


def sweep(*, now: datetime, dry_run: bool = False) -> Swept:
    """Record what is reached and send what may be sent at `now`. A dry run changes no row."""
    calendar = stored.current()
    swept = Swept()
    planned = _plan(now, calendar, swept)
    if dry_run:
        _pretend(planned, now, calendar, swept)
    else:
        if planned:
            swept.recorded = _record(planned)
        _hand_over(now, calendar, swept)
        swept.told = _tell_untold(now, calendar)
    _warn(swept, timezone.localdate(now), calendar)
    return swept


def _plan(now: datetime, calendar: WorkingCalendar, swept: Swept) -> list[Reminder]:
    """The ledger rows that are missing, unsaved, in the order of their unique key (so that two sweeps never lock
    each other)."""
    today = timezone.localdate(now)
    steps: dict[int, list[LadderStep]] = defaultdict(list)
    for step in LadderStep.objects.all():
        steps[step.rule_id].append(step)
    clocks, reached = [], {}
    for clock in Clock.objects.running().filter(rule__in=list(steps)).select_related("rule"):
        try:
            reached[clock.pk] = ladder.reached(clock, steps[clock.rule_id], today, calendar)
        except CalendarDoesNotReach:
            swept.unreachable.append(clock)
        else:
            if reached[clock.pk]:
                clocks.append(clock)
    last = _last_told(clocks)
    planned: list[Reminder] = []
    for owner, mine in owners.grouped(clocks):
        people = _people(owner, mine, today)
        for clock in mine:
            planned += _rows(clock, reached[clock.pk], people.get(clock.pk, {}), last, now, calendar)
    return sorted(planned, key=lambda r: (r.clock_id, r.step_id, r.occurs_on, r.recipient_id))


def _people(owner: owners.Owner | None, clocks: Sequence[Clock], today: date) -> Mapping[int, owners.People]:
    """A failing owner holds nobody else up: its steps are found again by the next sweep."""
    if owner is None:
        return {}
    try:
        with transaction.atomic():
            return owner.people(clocks, on=today)
    except Exception:
        logger.exception("The people of %d clocks could not be found; the next sweep tries again", len(clocks))
        return {}


def _last_told(clocks: Sequence[Clock]) -> dict[tuple[int, int], date]:
    """For each clock and recipient the day of the latest row in the ledger. One query."""
    if not clocks:
        return {}
    rows = Reminder.objects.filter(clock__completed_on=None, clock__withdrawn_on=None).order_by()
    return {(c, r): day for c, r, day in rows.values_list("clock", "recipient").annotate(Max("occurs_on"))}


def _rows(
    clock: Clock,
    reached: Sequence[ladder.Occurrence],
    people: owners.People,
    last: dict[tuple[int, int], date],
    now: datetime,
    calendar: WorkingCalendar,
) -> Iterator[Reminder]:
    """Rows for what each person has not been told of yet: the latest waits, the earlier ones are superseded."""
    headline = standing(clock, timezone.localdate(now), calendar).text
    latest: dict[int, Reminder] = {}
    for occurrence in reached:
        for level, user in _recipients(occurrence.step, people):
            told_until = last.get((clock.pk, user.pk))
            if told_until is not None and occurrence.occurs_on <= told_until:
                continue
            row = Reminder(
                clock=clock, step=occurrence.step, occurs_on=occurrence.occurs_on, recipient=user,
                level=level, headline=headline, recorded_at=now,
            )  # fmt: skip
            if user.pk in latest:
                latest[user.pk].state = ReminderState.SUPERSEDED
            latest[user.pk] = row
            yield row


def _recipients(step: LadderStep, people: owners.People) -> Iterator[tuple[str, Any]]:
    """Each person once, at the first level at which the step finds them."""
    seen: set[int] = set()
    for level in step.levels:
        for user in people.get(level.value, ()):
            if user.pk not in seen:
                seen.add(user.pk)
                yield level.value, user


@workflow
def _record(planned: Sequence[Reminder]) -> int:
    """Write the rows; another sweep's identical rows win silently. What still waits and is now outrun is superseded."""
    latest = {(row.clock_id, row.recipient_id): row.occurs_on for row in planned if row.state == ReminderState.WAITING}
    waiting = Reminder.objects.filter(state=ReminderState.WAITING)
    outrun = [
        pk
        for pk, clock, recipient, day in waiting.values_list("pk", "clock", "recipient", "occurs_on")
        if day < latest.get((clock, recipient), day)
    ]
    Reminder.objects.bulk_create(planned, batch_size=BATCH, ignore_conflicts=True)
    waiting.filter(pk__in=outrun).update(state=ReminderState.SUPERSEDED)
    return len(planned)


@workflow
def _hand_over(now: datetime, calendar: WorkingCalendar, swept: Swept) -> None:
    """Claim what waits and have each owner queue its letters, marked as sent in this same transaction."""
    waiting = (
        Reminder.objects.filter(Q(clock__completed_on=None, clock__withdrawn_on=None), state=ReminderState.WAITING)
        .select_for_update(skip_locked=True, of=["self"])
        .select_related("clock__rule", "clock__parent", "step", "recipient")
        .order_by("pk")
    )
    ready = _split(waiting, now, calendar, swept)
    by_clock = {reminder.clock_id: reminder.clock for reminder in ready}
    for owner, clocks in owners.grouped(by_clock.values()):
        own = {clock.pk for clock in clocks}
        mine = [reminder for reminder in ready if reminder.clock_id in own]
        if owner is not None and _remind(owner, mine, now):
            swept.sent += mine
        else:
            swept.unowned += mine
    for reminder in swept.sent:
        reminder.state, reminder.sent_at = ReminderState.SENT, now
    sent = Reminder.objects.filter(pk__in=[reminder.pk for reminder in swept.sent])
    sent.update(state=ReminderState.SENT, sent_at=now)
    reworded = [reminder for reminder in swept.sent if reminder.pk in swept.reworded]
    Reminder.objects.bulk_update(reworded, ["headline"], batch_size=200)


def _split(rows: Iterable[Reminder], now: datetime, calendar: WorkingCalendar, swept: Swept) -> list[Reminder]:
    """Those that may go now, with the headline that is true today; the others wait for the morning."""
    today = timezone.localdate(now)
    may_go = {urgent: quiet.is_open(now, urgent=urgent, calendar=calendar) for urgent in (False, True)}
    ready = []
    for reminder in rows:
        if may_go[reminder.is_urgent_on(today)]:
            headline = standing(reminder.clock, today, calendar).text
            if headline != reminder.headline:
                reminder.headline = headline
                swept.reworded.add(reminder.pk)
            ready.append(reminder)
        else:
            swept.waiting.append(reminder)
    return ready


def _remind(owner: owners.Owner, reminders: Sequence[Reminder], now: datetime) -> bool:
    """A failing owner loses nothing: its rows go on waiting, the other owners are served."""
    try:
        with transaction.atomic():
            owner.remind(reminders, now=now)
    except Exception:
        logger.exception("%d reminders could not be written; the next sweep tries again", len(reminders))
        return False
    return True


@workflow
def _tell_untold(now: datetime, calendar: WorkingCalendar) -> int:
    """Dates that moved while their owner was missing or failing."""
    if not quiet.is_open(now, calendar=calendar):
        return 0
    untold = ClockRevision.objects.filter(told_at=None).select_for_update(skip_locked=True, of=["self"])
    return tell(list(untold.select_related("clock__rule")), now=now)


def _pretend(planned: Sequence[Reminder], now: datetime, calendar: WorkingCalendar, swept: Swept) -> None:
    """What would be sent: the rows that would be written, and those that wait and are not outrun by them."""
    outrun = {(row.clock_id, row.recipient_id) for row in planned}
    stored_rows = Reminder.objects.filter(
        clock__completed_on=None, clock__withdrawn_on=None, state=ReminderState.WAITING
    ).select_related("clock__rule", "recipient")
    rows = [row for row in stored_rows if (row.clock_id, row.recipient_id) not in outrun]
    rows += [row for row in planned if row.state == ReminderState.WAITING]
    for row in _split(rows, now, calendar, swept):
        (swept.sent if owners.find(row.clock.rule) else swept.unowned).append(row)
    swept.recorded = len(planned)


def _warn(swept: Swept, today: date, calendar: WorkingCalendar) -> None:
    if swept.unowned:
        codes = sorted({row.clock.code for row in swept.unowned})
        logger.warning("%d reminders wait for an owner: %s", len(swept.unowned), ", ".join(codes))
    if swept.unreachable:
        logger.error(
            "%d clocks lie beyond the known bank holidays (to %d): %s", len(swept.unreachable), calendar.last,
            ", ".join(sorted({clock.label for clock in swept.unreachable})[:20]),
        )  # fmt: skip
    if not calendar.knows(today) or calendar.between(today, calendar.ends) < LAST_CALL:
        logger.warning("The known bank holidays end with %d: add the next year's.", calendar.last)
