"""What the Panel's meetings need from `deadlines`, which stands beside them: when mail may go, and working days.

`cspr.apps` connects them in `ready()`. Not connected is an error, never silence.
"""

from collections.abc import Callable
from datetime import date, datetime

_send_at: list[Callable[[datetime], datetime]] = []
_why_not: list[Callable[[date], str]] = []


def connect(*, send_at: Callable[[datetime], datetime], why_not: Callable[[date], str]) -> None:
    _send_at[:], _why_not[:] = [send_at], [why_not]


def send_at(now: datetime) -> datetime:
    """`now`, or the next minute at which mail may go."""
    return _send_at[0](now)


def why_not(day: date) -> str:
    """Why `day` is no working day ("Saturday", "Easter Monday"); empty for a working day."""
    return _why_not[0](day)
