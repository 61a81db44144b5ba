"""What the Panel's meetings need from `deadlines`, which stands beside them: when mail may go, and working days.

`cspr.apps` connects them in `ready()`. Not connected is an error, never silence.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any

_send_at: list[Callable[[datetime], datetime]] = []
_why_not: list[Callable[[date], str]] = []
Announcer = Callable[..., Collection[int]]  # announcer(meeting, by=, now=) → ids of the people who were told
_announcers: list[Announcer] = []


def connect(*, send_at: Callable[[datetime], datetime], why_not: Callable[[date], str]) -> None:
    _send_at[:], _why_not[:] = [send_at], [why_not]


def send_at(now: datetime) -> datetime:
    """`now`, or the next minute at which mail may go."""
    return _send_at[0](now)


def why_not(day: date) -> str:
    """Why `day` is no working day ("Saturday", "Easter Monday"); empty for a working day."""
    return _why_not[0](day)


def on_change(announcer: Announcer) -> None:
    """Let a higher app tell those whom it invited of a moved or cancelled meeting, in the transaction of the change."""
    if announcer not in _announcers:
        _announcers.append(announcer)


def announce(meeting: Any, *, by: Any, now: datetime) -> set[int]:
    """The ids of the people who have been told: they get no second mail."""
    return {pk for announcer in _announcers for pk in announcer(meeting, by=by, now=now)}
