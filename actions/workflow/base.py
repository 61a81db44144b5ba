"""What every step does first: lock the action, then ask who may and what the table says."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from actions import permissions
from actions.models import Action, ActionNumber
from actions.states import TABLE
from agency_returns.actors import Actor
from audit.workflow import record
from core.errors import WorkflowError
from panel.models import User
from panel.permissions import Permission

PREFIX = "ACT"
RELATED = ("referral", "owner", "lead", "rapid_review", "practice_review")


def local_day(now: datetime) -> date:
    return timezone.localdate(now)


def lock(action: Action) -> Action:
    row: Action = Action.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=action.pk)
    return row


def take(action: Action, permission: Permission, *, by: User, now: datetime) -> Action:
    """The locked action, if `by` holds the right and sees it."""
    row = lock(action)
    permissions.check(by, permission, row, on=local_day(now))
    return row


def take_for(action: Action, verb: str, *, by: User, now: datetime) -> Action:
    """The locked action, if `by` may `verb` in some status of it."""
    row = lock(action)
    permissions.check_person(by, row, verb, on=local_day(now))
    return row


def take_as_agency(action: Action, *, by: Actor, now: datetime) -> Action:
    """The locked action, for somebody who speaks for its agency. A link was checked by the door they came through."""
    row = lock(action)
    if by.user is not None:
        permissions.check_update(by.user, row, on=local_day(now))
    return row


def account_of(actor: Actor) -> User | None:
    """The account behind an actor, also where they came by link: nobody is their own second pair of eyes."""
    return actor.user or User.objects.filter(email__iexact=actor.address).first()


def label_of(actor: Actor, action: Action, now: datetime) -> str:
    """ "Kit Invented, Inventshire Schools Service"."""
    agency = permissions.agency_of(actor.user, action, on=local_day(now)) if actor.user else action.owner
    return actor.label(agency)


def move(action: Action, verb: str, **fields: Any) -> None:
    """Check `verb` against the table, then write the new status with the facts that belong to it."""
    write(action, status=TABLE.check(action.status, verb).target, **fields)


def write(action: Action, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(action, name, value)
    action.save(update_fields=[*fields])


def note(verb: str, *, by: User | Actor | None, action: Action, **details: Any) -> None:
    """Audit `action.<verb>` under the case's reference, or the action's own; `who` names people without an account."""
    user = by.user if isinstance(by, Actor) else by
    who = by.name if isinstance(by, Actor) else str(by) if by is not None else "The system"
    details |= {"who": who, "action": action.reference}
    record(f"action.{verb}", by=user, obj=action, reference=action.case_reference, **details)


def words(text: str, missing: str) -> str:
    """`text` without spaces around it; WorkflowError with the sentence `missing` where nothing is left."""
    text = text.strip()
    if not text:
        raise WorkflowError(missing)
    return text


def next_reference(year: int) -> str:
    """The next free reference of a year; the counter's row stays locked until the action is there."""
    ActionNumber.objects.get_or_create(year=year)
    counter = ActionNumber.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{PREFIX}-{year}-{counter.last:03d}"


def keep_reference(reference: str) -> None:
    """Let the counter of its year run on from a reference that was brought in by an import."""
    _, year, number = reference.split("-")
    ActionNumber.objects.get_or_create(year=int(year))
    counter = ActionNumber.objects.select_for_update().get(year=int(year))
    if int(number) > counter.last:
        counter.last = int(number)
        counter.save(update_fields=["last"])
