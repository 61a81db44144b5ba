"""What needs attention: the cockpit's registry. Each app registers its own providers in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


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
_providers: dict[str, Provider] = {}


def register(title: str, provider: Provider) -> None:
    """Show what `provider(now)` returns under `title`; an empty list shows "nothing"."""
    _providers[title] = provider


def collect(now: datetime) -> list[Section]:
    """Every section, in order of registration, urgent items first."""
    return [
        Section(title, sorted(provider(now), key=lambda item: not item.urgent))
        for title, provider in _providers.items()
    ]
