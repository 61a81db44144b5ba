"""Clocks for tests, made by the real workflow. `reseed` brings back what a test with real transactions emptied."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps

from core.guard import workflow
from deadlines import owners
from deadlines.models import Clock, ClockRevision, Reminder
from deadlines.workflow import start_clock

LONDON = ZoneInfo("Europe/London")


def at(day: date | str, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of a day in London; ten in the morning unless said otherwise."""
    return datetime.combine(date.fromisoformat(str(day)), time(hour, minute), LONDON)


@workflow
def reseed() -> None:
    """The rules, ladders and bank holidays of the data migration, where they are missing."""
    import_module("deadlines.migrations.0002_seed").seed(apps)


def running_clock(
    code: str = "rapid-review", trigger: str = "2026-11-02", label: str = "CSPR-2026-001", **extra: Any
) -> Clock:
    """A running clock, started at ten on its trigger day."""
    day = date.fromisoformat(trigger)
    return start_clock(code=code, trigger_on=day, label=label, by=None, now=at(day), **extra)


class RecordingOwner:
    """An owner as a case app registers one: it knows the people and keeps what it was asked to tell."""

    def __init__(self, people: Mapping[str, Sequence[Any]]) -> None:
        self.everybody = people
        self.reminded: list[Reminder] = []
        self.told: list[ClockRevision] = []
        self.fails = False

    def people(self, clocks: Sequence[Clock], *, on: date) -> dict[int, Mapping[str, Sequence[Any]]]:
        return {clock.pk: self.everybody for clock in clocks}

    def remind(self, reminders: Sequence[Reminder], *, now: datetime) -> None:
        if self.fails:
            raise RuntimeError("the letters cannot be written")
        self.reminded += reminders

    def moved(self, revisions: Sequence[ClockRevision], *, now: datetime) -> None:
        if self.fails:
            raise RuntimeError("the letters cannot be written")
        self.told += revisions


@contextmanager
def registered(code: str, owner: owners.Owner | None) -> Iterator[owners.Owner | None]:
    """Inside, `owner` (or nobody) owns the code; afterwards whoever owned it before."""
    before = owners._owners.get(code)
    owners.unregister(code)
    if owner is not None:
        owners.register(code, owner)
    try:
        yield owner
    finally:
        owners.unregister(code)
        if before is not None:
            owners.register(code, before)
