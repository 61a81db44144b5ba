"""Whose a document is. A key such as "case:CSPR-2026-014" names the owner, its part before the colon who answers.

The higher apps register here in `AppConfig.ready()` (ADR 0004): this app knows no case and no person's role.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from documents.choices import Right

if TYPE_CHECKING:
    from documents.models import Document


class Owner(Protocol):
    """What a higher app registers for one prefix of keys."""

    def keys_visible_to(self, user: Any) -> Iterable[str]:
        """The keys (best as a subquery of one column) of what `user` may see. Nothing else decides it."""
        ...

    def check(self, user: Any, right: Right, owner_key: str, *, on: date) -> None:
        """Raise NotPermitted, with a sentence, unless `user` holds `right` and sees the owner on the day `on`."""
        ...

    def note(self, verb: str, *, document: "Document", by: Any, text: str = "", **details: Any) -> None:
        """Write the event `verb` (documents/sentences.py) into the audit trail, in the caller's transaction."""
        ...


_owners: dict[str, Owner] = {}


def register(prefix: str, owner: Owner) -> None:
    """Make `owner` answer for keys that begin with `prefix` and a colon."""
    _owners[prefix] = owner


def find(owner_key: str) -> Owner:
    """Who answers for `owner_key`. LookupError where nobody registered: a programming error."""
    prefix, _, rest = owner_key.partition(":")
    if prefix not in _owners or not rest:
        raise LookupError(f"No app has registered for the documents of {owner_key!r} (documents.owners.register).")
    return _owners[prefix]


def everybody() -> Iterable[Owner]:
    return _owners.values()
