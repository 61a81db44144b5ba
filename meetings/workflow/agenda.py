"""The agenda: assembled from what is due, added to, put into order."""

from datetime import datetime

from django.db.models import Max

from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from meetings import permissions
from meetings.due import due_for
from meetings.models import AgendaItem
from meetings.states import Stage
from meetings.workflow.base import check_capturing, local_day, lock, note, plain, planned, stage_of, words, write
from panel.models import PanelMeeting, User
from referrals.models import Referral


@workflow
def assemble(*, meeting: PanelMeeting, by: User, now: datetime) -> int:
    """Add what is due and not on the agenda; what was taken off stays off. How many were added, of those `by` sees.

    What is due is collected for all the Panel, not for `by`: a case closed to them comes onto the agenda unseen.
    """
    permissions.check_plan(by, on=local_day(now))
    meeting = planned(meeting)
    there = set(AgendaItem.objects.filter(meeting=meeting).values_list("source", flat=True))
    position = _last(meeting)
    added = []
    for due in due_for(meeting, on=local_day(now)):
        if due.source in there:
            continue
        position += 1
        item = AgendaItem(
            meeting=meeting, kind=due.kind, source=due.source, referral=due.referral, position=position,
            title=due.title, paper=due.paper, added_by=by, added_at=now,
        )  # fmt: skip
        item.save()
        added.append(item.pk)
        note("item_added", by=by, obj=item, meeting=meeting, reference=item.case_reference, item=item.title)
    _put_last_last(meeting)
    return AgendaItem.objects.visible_to(by).filter(pk__in=added).count()


def _last(meeting: PanelMeeting) -> int:
    return AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0


def _put_last_last(meeting: PanelMeeting) -> None:
    """Any other business comes after what was assembled later."""
    last = AgendaItem.objects.filter(meeting=meeting, source="standing:other").first()
    if last is not None and last.position < _last(meeting):
        write(last, position=_last(meeting) + 1)


@workflow
def add_item(
    *, meeting: PanelMeeting, title: str, paper: str = "", referral: Referral | None = None, by: User, now: datetime
) -> AgendaItem:
    """An item that somebody types; also while the meeting sits. About a case, it follows the walls of the case."""
    permissions.check_conduct(by, on=local_day(now))
    meeting = lock(meeting)
    if stage_of(meeting) != Stage.PREPARING:
        check_capturing(meeting)
    if referral is not None and not referral.may_be_seen_by(by, on=local_day(now)):
        raise NotPermitted("You do not have access to this case.")
    item = AgendaItem(
        meeting=meeting, title=words(title, "Enter what the item is about."), paper=plain(paper), referral=referral,
        position=_last(meeting) + 1, added_by=by, added_at=now,
    )  # fmt: skip
    item.save()
    note("item_added", by=by, obj=item, meeting=meeting, reference=item.case_reference, item=item.title)
    return item


def _take(item: AgendaItem, *, by: User, now: datetime) -> AgendaItem:
    """The locked item of a meeting that did not begin."""
    meeting = planned(item.meeting)
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting", "referral")
    row: AgendaItem = rows.get(pk=item.pk, meeting=meeting)
    permissions.check_item(by, row, on=local_day(now))
    if stage_of(meeting) != Stage.PREPARING:
        raise WorkflowError("The meeting has begun, so its agenda stands.")
    return row


@workflow
def change_item(*, item: AgendaItem, title: str, paper: str, by: User, now: datetime) -> AgendaItem:
    row = _take(item, by=by, now=now)
    wanted = {"title": words(title, "Enter what the item is about."), "paper": plain(paper)}
    if wanted != {"title": row.title, "paper": row.paper}:
        write(row, **wanted)
        note("item_changed", by=by, obj=row, meeting=row.meeting, reference=row.case_reference, item=row.title)
    return row


@workflow
def move_item(*, item: AgendaItem, up: bool, by: User, now: datetime) -> AgendaItem:
    """Past the neighbour that `by` sees, up or down. At the end already: quiet."""
    row = _take(item, by=by, now=now)
    seen = list(AgendaItem.objects.visible_to(by).standing().filter(meeting=row.meeting))
    at = [one.pk for one in seen].index(row.pk)
    other = at - 1 if up else at + 1
    if 0 <= other < len(seen):
        neighbour = seen[other]
        mine, theirs = row.position, neighbour.position
        write(neighbour, position=mine)
        write(row, position=theirs)
    return row


@workflow
def remove_item(*, item: AgendaItem, by: User, now: datetime) -> AgendaItem:
    """Off the agenda; assembling does not bring it back. Done already: quiet."""
    row = _take(item, by=by, now=now)
    if row.removed_at is None:
        write(row, removed_by=by, removed_at=now)
        note("item_removed", by=by, obj=row, meeting=row.meeting, reference=row.case_reference, item=row.title)
    return row
