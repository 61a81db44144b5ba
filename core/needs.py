"""What needs one person: the home page's registry. Each app registers its own provider in `ready()`.

The sister of core.attention, which is about the whole installation and for the business manager alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing to do: what (the text of the link), where, for which case or report, and by when.

    `due` is the last day on which it is in time; None where no day is set. `late_on` compares, nothing is stored.
    `statutory` says that law or statutory guidance sets the day: these come before everything else, save what is
    `urgent`: a child may be at risk now.
    """

    what: str
    url: str
    about: str = ""
    due: date | None = None
    note: str = ""
    statutory: bool = False
    urgent: bool = False

    def late_on(self, day: date) -> bool:
        return self.due is not None and self.due < day


Provider = Callable[[Any, date], list[Need]]  # (signed-in person, today); a constant number of queries
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider(user, today)` add to that person's home page. Only what they may see, only what is theirs to do."""
    if provider not in _providers:
        _providers.append(provider)


def collect(user: Any, today: date) -> list[Need]:
    """Everything that needs `user`: a child at risk, then what has a day in law, then what has a day, then the rest."""
    found = [need for provider in _providers for need in provider(user, today)]
    return sorted(
        found, key=lambda need: (not need.urgent, not need.statutory, need.due is None, need.due or today, need.about)
    )
