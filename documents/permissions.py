"""Who may do what to a document: the state table, and its owner's answer. In pairs: check_ raises, can_ answers."""

from datetime import date, datetime, timedelta
from typing import Any

from core.errors import InvalidTransition, NotPermitted, WorkflowError
from core.states import Transition
from documents import owners
from documents.choices import Right
from documents.models import Document
from documents.states import TABLE, Mover

WHO: dict[str, Right] = {t.verb: Right(t.who) for t in TABLE.transitions if t.who != Mover.SYSTEM}

TAKE_BACK_WITHIN = timedelta(hours=1)  # from the upload; later it is withdrawn, by those who may


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


def check_take_back(user: Any, document: Document, *, now: datetime, on: date) -> Transition:
    """The row of the table for taking back a file that one has just uploaded; raises with a sentence."""
    if document.uploaded_by_id != getattr(user, "pk", None) or user is None:
        raise NotPermitted("Somebody else uploaded this file.")
    transition = check_verb(user, "take_back", document, on=on)
    if now - document.uploaded_at > TAKE_BACK_WITHIN:
        raise WorkflowError("This file was uploaded more than an hour ago. Ask the business manager to withdraw it.")
    if document.held_at is not None:
        raise WorkflowError("This file is on legal hold, so it stays.")
    return transition
