"""Everybody had their home page open two days ago, and what the stories tell can be found."""

from datetime import timedelta

from demo.days import Days
from demo.people import Cast
from overview import workflow


def build(cast: Cast, days: Days) -> None:
    for person in cast.users.values():
        workflow.note_look(person=person, now=days.now - timedelta(days=2))
    while workflow.read_documents(now=days.now):
        pass
    workflow.index_stale(now=days.now)
