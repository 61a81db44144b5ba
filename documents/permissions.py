"""Who may do what to a document: the state table, and its owner's answer. In pairs: check_ raises, can_ answers."""

from datetime import date
from typing import Any

from core.errors import InvalidTransition, NotPermitted
from core.states import Transition
from documents import owners
from documents.choices import Right
from documents.models import Document
from documents.states import TABLE, Mover

WHO: dict[str, Right] = {t.verb: Right(t.who) for t in TABLE.transitions if t.who != Mover.SYSTEM}


def check(user: Any, right: Right, owner_key: str, *, on: date) -> None:
    """Raise NotPermitted, with a sentence, unless `user` holds `right` over the documents of `owner_key`."""
    owners.find(owner_key).check(user, right, owner_key, on=on)


def can(user: Any, right: Right, owner_key: str, *, on: date) -> bool:
    try:
        check(user, right, owner_key, on=on)
    except NotPermitted:
        return False
    return True


def check_verb(user: Any, verb: str, document: Document, *, on: date) -> Transition:
    """The row of the table for `verb` now; raises NotPermitted or InvalidTransition with a sentence."""
    check(user, WHO[verb], document.owner_key, on=on)
    return TABLE.check(document.status, verb)


def can_verb(user: Any, verb: str, document: Document, *, on: date) -> bool:
    try:
        check_verb(user, verb, document, on=on)
    except (NotPermitted, InvalidTransition):
        return False
    return True
