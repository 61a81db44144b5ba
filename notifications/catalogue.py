"""Every mail that the system can send, to whom and when. Each app registers its own in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

FilesOpenTo = Callable[[Any, Any], bool]  # (message, signed-in person)


def _anybody(message: Any, user: Any) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    kind: str
    title: str
    who: str
    when: str
    secret: bool = False
    passes_walls: bool = False
    files_open_to: FilesOpenTo = _anybody


class UnknownKindError(LookupError):
    """A mail of a kind that nobody registered: a programming error."""


_entries: dict[str, Entry] = {}


def register(
    *,
    kind: str,
    title: str,
    who: str,
    when: str,
    secret: bool = False,
    passes_walls: bool = False,
    files_open_to: FilesOpenTo = _anybody,
) -> None:
    """Add a kind of mail. The same kind twice with other words is a ValueError.

    `secret`: the mail carries a link that signs its reader in or the like, so the admin site does not show its text.
    `passes_walls`: it names no case, so it also goes to somebody to whom the case behind it is closed.
    `files_open_to`: whether somebody who looks at the outbox may open the mail's attachments; anybody unless given.
    """
    entry = Entry(kind, title, who, when, secret, passes_walls, files_open_to)
    if _entries.setdefault(kind, entry) != entry:
        raise ValueError(f"The mail kind {kind!r} is registered already.")


def check(kind: str) -> None:
    """Raise UnknownKindError unless `kind` is registered, so that the page of all mails is complete."""
    if kind not in _entries:
        raise UnknownKindError(
            f"Register the mail kind {kind!r} in its app's ready() with notifications.catalogue.register."
        )


def title(kind: str) -> str:
    return _entries[kind].title if kind in _entries else kind


def is_secret(kind: str) -> bool:
    return kind in _entries and _entries[kind].secret


def passes_walls(kind: str) -> bool:
    return kind in _entries and _entries[kind].passes_walls


def files_open_to(message: Any, user: Any) -> bool:
    """Whether `user`, who sees `message` in the outbox, may open its attachments."""
    return message.kind not in _entries or _entries[message.kind].files_open_to(message, user)


def entries() -> list[Entry]:
    """All kinds by title."""
    return sorted(_entries.values(), key=lambda entry: entry.title)
