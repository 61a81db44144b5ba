"""State tables: found, refused with a sentence, drawn."""

import pytest
from django.db.models import TextChoices

from core.errors import InvalidTransition
from core.states import StateTable, row


class Status(TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"
    SHUT = "shut", "Shut"


class Right(TextChoices):
    WORK = "work", "work"


TABLE = StateTable(
    "door",
    Status,
    [
        row("finish", Status.OPEN, Status.DONE, Right.WORK),
        row("shut_it", [Status.OPEN, Status.DONE], Status.SHUT, Right.WORK),
        row("make", "", Status.OPEN, Right.WORK),
    ],
    {Status.OPEN: "the member", Status.DONE: "the chair", Status.SHUT: "nobody"},
)


@pytest.mark.parametrize(
    ("status", "verb", "target"),
    [
        (Status.OPEN, "finish", Status.DONE),
        (Status.DONE, "finish", None),
        (Status.SHUT, "finish", None),
        (Status.OPEN, "shut_it", Status.SHUT),
        (Status.DONE, "shut_it", Status.SHUT),
        (Status.SHUT, "shut_it", None),
    ],
)
def test_every_status_and_verb(status, verb, target):
    found = TABLE.find(status, verb)
    assert (found.target if found else None) == target


def test_a_refusal_is_a_sentence():
    with pytest.raises(InvalidTransition, match=r"^This door is shut, so it is not possible to shut it\.$"):
        TABLE.check(Status.SHUT, "shut_it")


def test_an_unknown_verb_is_a_programming_error():
    with pytest.raises(KeyError):
        TABLE.find(Status.OPEN, "paint")


def test_verbs_and_owners():
    assert TABLE.verbs == ("finish", "shut_it", "make")
    assert TABLE.owner(Status.DONE) == "the chair"


def test_it_draws_itself():
    lines = TABLE.mermaid().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    open --> done: finish" in lines
    assert {"    open --> shut: shut_it", "    done --> shut: shut_it"} <= set(lines)
