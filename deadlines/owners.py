"""Who owns the clocks of a rule. The case apps register here; this app knows no case.

An owner finds the people of its clocks, writes the reminders and tells people when a date has moved.
A milestone without an owner of its own belongs to the owner of its main limit.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction

if TYPE_CHECKING:
    from deadlines.models import Clock, ClockRevision, Reminder, Rule

logger = logging.getLogger(__name__)

People = Mapping[str, Sequence[Any]]  # a Level's value to the users who hold it, most specific first


class Owner(Protocol):
    """What a case app registers for its rule codes. All three take many rows at once: no query per clock."""

    def people(self, clocks: "Sequence[Clock]", *, on: date) -> Mapping[int, People]:
        """For each clock's pk: "lead", "business_manager", "chair" and "executive" to lists of users."""
        ...

    def remind(self, reminders: "Sequence[Reminder]", *, now: datetime) -> None:
        """Queue one letter per reminder; `reminder.key` is the outbox key. Quiet hours are already over."""
        ...

    def moved(self, revisions: "Sequence[ClockRevision]", *, now: datetime) -> None:
        """Queue letters that tell people which dates moved, from what, to what and why."""
        ...


_owners: dict[str, Owner] = {}


def register(code: str, owner: Owner) -> None:
    """Make `owner` the owner of the rule `code` and of its milestones. Called in AppConfig.ready()."""
    _owners[code] = owner


def unregister(code: str) -> None:
    """Forget an owner; for tests."""
    _owners.pop(code, None)


def find(rule: "Rule") -> Owner | None:
    return _owners.get(rule.code) or _owners.get(rule.milestone_of)


def grouped(clocks: "Iterable[Clock]") -> "list[tuple[Owner | None, list[Clock]]]":
    """Clocks (with their rules) by owner, so that each owner is asked once."""
    groups: dict[int, tuple[Owner | None, list[Clock]]] = {}
    for clock in clocks:
        owner = find(clock.rule)
        groups.setdefault(id(owner), (owner, []))[1].append(clock)
    return list(groups.values())


def tell_moved(revisions: "Sequence[ClockRevision]", *, now: datetime) -> "list[ClockRevision]":
    """Have each owner tell its people; return the revisions that were told.

    An owner that is missing or fails must not stop the dates from moving: its revisions stay untold, are logged and
    are tried again by the sweep.
    """
    told: list[ClockRevision] = []
    by_owner: dict[int, tuple[Owner | None, list[ClockRevision]]] = {}
    for revision in revisions:
        owner = find(revision.clock.rule)
        by_owner.setdefault(id(owner), (owner, []))[1].append(revision)
    for owner, mine in by_owner.values():
        if owner is None:
            logger.warning("%d moved dates have no owner to tell: %s", len(mine), sorted({r.clock.code for r in mine}))
            continue
        try:
            with transaction.atomic():
                owner.moved(mine, now=now)
        except Exception:
            logger.exception("Telling people of %d moved dates failed; the sweep tries again", len(mine))
        else:
            told += mine
    return told
