"""What links are for. The apps above register each purpose in `AppConfig.ready()` (ADR 0004); this app knows no case.

A code may be asked for under a purpose of one's own without registering it: then there is no link, and no page here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from access_links.models import AccessLink


def _nothing(link: AccessLink, now: datetime) -> None:
    """For purposes that need not know when their link was opened."""


def _always(link: AccessLink) -> bool:
    """For purposes whose links end by their date, or by `close_all`, alone."""
    return True


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """`title` heads the page before the code, so it tells nothing of the case: "Answer a request for information".

    `home(token)` is the address to go to with a right code. `opened(link, now)` is called in the transaction in which
    somebody first proved to be the link's reader; raise nothing there. `wanted(link)` may say that there is nothing to
    answer any more although nobody has closed the link yet: then it is not in use.
    """

    code: str
    title: str
    home: Callable[[str], str]
    opened: Callable[[AccessLink, datetime], None] = _nothing
    wanted: Callable[[AccessLink], bool] = _always


_purposes: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    _purposes[purpose.code] = purpose


def find(code: str) -> Purpose | None:
    return _purposes.get(code)
