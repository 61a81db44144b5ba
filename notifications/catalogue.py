"""Every mail that the system can send, to whom and when. Each app registers its own in `AppConfig.ready()`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    kind: str
    title: str
    who: str
    when: str
    secret: bool = False
    passes_walls: bool = False


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
) -> None:
    """Add a kind of mail. The same kind twice with other words is a ValueError.

    `secret`: the mail carries a link that signs its reader in or the like, so the admin site does not show its text.
    `passes_walls`: it names no case, so it also goes to somebody to whom the case behind it is closed.
    """
    entry = Entry(kind, title, who, when, secret, passes_walls)
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


def entries() -> list[Entry]:
    """All kinds by title."""
    return sorted(_entries.values(), key=lambda entry: entry.title)
