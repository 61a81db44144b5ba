"""Who counts again with the clocks: plans whose dates follow the calendar or the rules without being clocks themselves.

The case apps register here in `AppConfig.ready()`. A follower runs in the transaction of the change, after the clocks,
and tells its own people; an error of it undoes the change, as an error of a clock does.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from deadlines.working_days import WorkingCalendar

Follower = Callable[[WorkingCalendar, str, Any, datetime], None]  # calendar, reason, by, now
_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Let `follower(calendar, reason, by, now)` count its dates again whenever running clocks are."""
    if follower not in _followers:
        _followers.append(follower)


def follow(calendar: WorkingCalendar, *, reason: str, by: Any, now: datetime) -> None:
    for follower in _followers:
        follower(calendar, reason, by, now)
