"""Whom to tell of what today: the escalation ladder over all open actions, as one mail a person. Reads only; the sweep
and the page of a bulk chase send exactly what stands here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from actions.choices import Anchor, Level, Unit
from actions.links import Contact, Contacts
from actions.models import Action, DayMail, LadderStep, Told
from actions.states import Status
from deadlines import calendar as stored
from deadlines.choices import Direction
from deadlines.explain import due_on
from deadlines.quiet import send_at
from deadlines.working_days import CalendarDoesNotReach, WorkingCalendar
from panel.models import User
from panel.roles import Role
from referrals.people import Roster


@dataclass
class Line:
    """One action in one person's mail: the latest step that was reached, and those that it outruns."""

    action: Action
    is_late: bool
    contact: Contact
    step: LadderStep | None = None  # None: chased by hand
    occurs_on: date | None = None
    outrun: list[tuple[LadderStep, date]] = field(default_factory=list)
    level: str = ""
    url: str = ""


@dataclass
class Mail:
    """One mail to one address on one day."""

    contact: Contact
    lines: list[Line]
    leaves_at: datetime


@dataclass(frozen=True)
class Reached:
    """A step that an action has reached, and on which day."""

    action: Action
    step: LadderStep
    on: date


def open_actions() -> list[Action]:
    """What somebody still has to do. What waits for the Panel to see evidence is not the agency's delay."""
    rows = Action.objects.filter(status=Status.OPEN, due_on__isnull=False)
    return list(rows.select_related("referral__lead", "owner", "lead").order_by("due_on", "pk"))


def _falls(step: LadderStep, due: date, today: date, calendar: WorkingCalendar) -> Iterator[date]:
    """The days up to `today` on which the step falls for a due date. Weekends lengthen a wait, never shorten it."""
    if step.anchor == Anchor.BEFORE_DUE:
        day = due_on(Direction.BACK, step.unit, step.offset, due, calendar) if step.offset else due
        if day <= today <= due:  # once it is late, the other steps speak
            yield day
    elif step.unit == Unit.MONTHS:
        day = due_on(Direction.FORWARD, step.unit, step.offset, due, calendar)
        if day < today:
            yield day
    elif today > due:
        late = calendar.between(due, today)
        for number in range(step.offset, late + 1, step.every or late + 1):
            yield calendar.forward(due, number)


def reached(action: Action, steps: Sequence[LadderStep], today: date, calendar: WorkingCalendar) -> list[Reached]:
    """Every step that the action has reached since it was agreed, in the order of days."""
    agreed = timezone.localdate(action.agreed_at) if action.agreed_at else today
    found = []
    for step in steps:
        try:
            days = list(_falls(step, action.due_on, today, calendar)) if action.due_on else []
        except CalendarDoesNotReach:
            continue
        holds = (day for day in days if step.from_date <= day and (step.until_date is None or day <= step.until_date))
        found += [Reached(action, step, day) for day in holds if day > agreed or day == today]
    return sorted(found, key=lambda one: (one.on, one.step.anchor, one.step.offset, one.step.pk))


class People:
    """The contact of each action, the business managers and the levels of escalation, with walls. Few queries."""

    def __init__(self, actions: Sequence[Action], today: date) -> None:
        self.contacts = Contacts(actions, today)
        self.roster = Roster.on(today, [action.referral for action in actions if action.referral])

    def _holders(self, action: Action, level: str) -> list[User]:
        if action.referral is not None:
            return self.roster.recipients(action.referral)[level]
        roles = {"business_manager": [Role.BUSINESS_MANAGER], "chair": [Role.CHAIR, Role.DEPUTY_CHAIR]}
        for role in roles.get(level, [Role.SAFEGUARDING_PARTNER]):
            if self.roster.holders.get(role):
                return self.roster.holders[role]
        return []

    def of(self, action: Action, step: LadderStep) -> Iterator[Contact]:
        lead = self.contacts.of(action) if step.tells_lead else None
        if lead is not None:
            yield lead
        levels = ["business_manager"] if step.tells_manager else []
        if step.escalates_to:
            levels.append("chair" if step.escalates_to == Level.CHAIR else "executive")
        for level in levels:
            yield from (Contact(user.email.lower(), user.name, user) for user in self._holders(action, level))


def had_a_mail(day: date) -> set[str]:
    """The addresses that had their one mail about actions on that day."""
    return set(DayMail.objects.filter(sent_on=day).values_list("address", flat=True))


def plan(now: datetime) -> tuple[list[Reached], list[Mail]]:
    """(steps that were reached, mails that are due and were not sent). A fixed number of queries."""
    today = timezone.localdate(now)
    actions, steps, calendar = open_actions(), list(LadderStep.objects.all()), stored.current()
    ledger = Told.objects.filter(action__in=[a.pk for a in actions])
    told = set(ledger.values_list("action", "step", "occurs_on", "address"))
    people, quiet = People(actions, today), had_a_mail(today)
    steps_reached: list[Reached] = []
    lines: list[Line] = []
    for action in actions:
        mine = reached(action, steps, today, calendar)
        steps_reached += mine
        lines += _lines(mine, people, told, today)
    mails = _mails((line for line in lines if line.contact.address not in quiet), send_at(now, calendar=calendar))
    return steps_reached, mails


def _lines(steps: Iterable[Reached], people: People, told: set[tuple[int, int, date, str]], today: date) -> list[Line]:
    """One line for each person who was not told of the latest step yet."""
    lines: dict[str, Line] = {}
    for one in steps:
        for contact in people.of(one.action, one.step):
            if (one.action.pk, one.step.pk, one.on, contact.address) in told:
                lines.pop(contact.address, None)  # what was told later outruns what was not told before
                continue
            level = Level(one.step.escalates_to).label if one.step.escalates_to else ""
            line = Line(one.action, one.action.is_late_on(today), contact, one.step, one.on, level=level)
            before = lines.get(contact.address)
            if before is not None and before.step is not None and before.occurs_on is not None:
                line.outrun = [*before.outrun, (before.step, before.occurs_on)]
                line.level = line.level or before.level
            lines[contact.address] = line
    return list(lines.values())


def _mails(lines: Iterable[Line], leaves_at: datetime) -> list[Mail]:
    mails: dict[str, Mail] = {}
    for line in lines:
        mails.setdefault(line.contact.address, Mail(line.contact, [], leaves_at)).lines.append(line)
    return sorted(mails.values(), key=lambda mail: mail.contact.address)


@dataclass
class Bulk:
    """What a chase by hand would send: the mails, who had theirs already, whom nobody can ask."""

    mails: list[Mail]
    had_theirs: list[Mail]
    nobody: list[Action]
    not_open: int


def bulk(actions: Sequence[Action], now: datetime) -> Bulk:
    """One mail for each contact of the chosen actions, not before mail may go, and none on a day that had one."""
    leaves_at = send_at(now)
    day, today = timezone.localdate(leaves_at), timezone.localdate(now)
    waiting = [action for action in actions if action.status == Status.OPEN]
    contacts = Contacts(waiting, today)
    lines, nobody = [], []
    for action in waiting:
        contact = contacts.of(action)
        if contact is None:
            nobody.append(action)
        else:
            lines.append(Line(action, action.is_late_on(today), contact))
    had = had_a_mail(day)
    mails = _mails(lines, leaves_at)
    return Bulk(
        [mail for mail in mails if mail.contact.address not in had],
        [mail for mail in mails if mail.contact.address in had],
        nobody,
        len(actions) - len(waiting),
    )
