"""Which cases are closed to a person, for lists that know a case by its reference only: the audit trail, the outbox.

The app that owns the cases registers the answer in `ready()`; the walls themselves are its business.
"""

from collections.abc import Callable, Iterable
from typing import Any

Provider = Callable[[Any], Iterable[str]]  # signed-in person → references
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider(user)` name the references of cases that `user` must not see anywhere."""
    if provider not in _providers:
        _providers.append(provider)


def closed_to(user: Any) -> frozenset[str]:
    """The references of all cases that are closed to `user`; none for nobody."""
    if user is None:
        return frozenset()
    return frozenset(reference for provider in _providers for reference in provider(user))
