"""What needs attention: the cockpit's registry. Each app registers its own providers in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Item:
    """One line: a sentence with its number, and where to go. `urgent` items come first and say so in words."""

    text: str
    url: str
    urgent: bool = False


@dataclass(frozen=True)
class Section:
    title: str
    items: list[Item]


Provider = Callable[[datetime], list[Item]]
PersonalProvider = Callable[[datetime, Any], list[Item]]  # counts only what that person may see
_providers: dict[str, PersonalProvider] = {}


def register(title: str, provider: Provider) -> None:
    """Show what `provider(now)` returns under `title`; an empty list shows "nothing"."""
    _providers[title] = lambda now, user: provider(now)


def register_personal(title: str, provider: PersonalProvider) -> None:
    """The same for `provider(now, user)`: where cases are counted, those closed to `user` must not be."""
    _providers[title] = provider


def collect(now: datetime, user: Any = None) -> list[Section]:
    """Every section, in order of registration, urgent items first."""
    return [
        Section(title, sorted(provider(now, user), key=lambda item: not item.urgent))
        for title, provider in _providers.items()
    ]
