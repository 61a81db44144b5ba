"""The page from which the day of publication is run."""

from datetime import datetime, time
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from panel.permissions import Permission
from publications.models import DayItem, Publication
from publications.states import Status
from publications.workflow.base import note, prepare, take, words, write

WHAT = "Enter what is to be done."


@workflow
def add_item(
    *, publication: Publication, at: time, what: str, who: str = "", phone: str = "", by: User, now: datetime
) -> DayItem:
    """One more line of the day. The same again: quiet."""
    publication = prepare(publication, by=by, now=now)
    facts = {"at": at, "what": words(what, WHAT), "who": who.strip(), "phone": phone.strip()}
    there = publication.day_items.filter(**facts).first()
    if there is not None:
        return there
    made: DayItem = DayItem.objects.create(publication=publication, **facts)
    note("day_changed", by=by, publication=publication, what=made.what)
    return made


def _item(item: DayItem) -> DayItem:
    row: DayItem = DayItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    return row


@workflow
def change_item(
    *, item: DayItem, at: time, what: str, who: str = "", phone: str = "", by: User, now: datetime
) -> DayItem:
    publication = prepare(item.publication, by=by, now=now)
    item = _item(item)
    facts: dict[str, Any] = {"at": at, "what": words(what, WHAT), "who": who.strip(), "phone": phone.strip()}
    if any(getattr(item, name) != value for name, value in facts.items()):
        write(item, **facts)
        note("day_changed", by=by, publication=publication, what=item.what)
    return item


@workflow
def remove_item(*, item: DayItem, by: User, now: datetime) -> None:
    """A line that is not needed. What was ticked off stays. Removed already: quiet."""
    publication = prepare(item.publication, by=by, now=now)
    row = DayItem.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if row is None:
        return
    if row.ticked_at is not None:
        raise WorkflowError("This was ticked off, so it stays.")
    row.delete()
    note("day_changed", by=by, publication=publication, what=item.what)


@workflow
def tick_item(*, item: DayItem, done: bool, by: User, now: datetime) -> DayItem:
    """Tick a line off, or take the tick back, before and after the report is out. As it is already: quiet."""
    publication = take(item.publication, Permission.PREPARE_PUBLICATION, by=by, now=now)
    if publication.status not in (Status.PLANNED, Status.PUBLISHED):
        raise WorkflowError("Nothing is published here, so there is nothing to tick off.")
    item = _item(item)
    if done == (item.ticked_at is not None):
        return item
    write(item, ticked_by=by if done else None, ticked_at=now if done else None)
    note("ticked" if done else "unticked", by=by, publication=publication, what=item.what)
    return item
