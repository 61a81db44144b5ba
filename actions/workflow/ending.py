"""What the Panel does: confirm, close, cancel, reopen; the colour by hand; the impact on children."""

from datetime import date, datetime

from django.db.models import F, Q

from access_links import workflow as access
from actions.choices import ClosedBy, Impact, Note, Rag
from actions.models import Action, ProgressNote
from actions.states import RUNNING, Status
from actions.workflow.base import local_day, move, note, take, take_for, words, write
from actions.workflow.progressing import UNCLAIMED
from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission


@workflow
def confirm(*, action: Action, by: User, now: datetime) -> Action:
    """Complete, blue: there is evidence, and somebody else than who gave it or claimed it has seen it."""
    action = take_for(action, "confirm", by=by, now=now)
    if action.status == Status.COMPLETE:
        return action
    if action.status == Status.CLAIMED:
        seen = action.evidence.filter(seen_at__isnull=False).exclude(seen_by=F("given_by"))
        if not seen.exclude(Q(seen_by__isnull=False) & Q(seen_by=action.claimed_by_id)).exists():
            raise WorkflowError("Nobody else has seen the evidence yet. Look at it and say so, then confirm.")
    move(action, "confirm", completed_by=by, completed_on=local_day(now))
    note("confirmed", by=by, action=action)
    access.close_all(subject=action.subject, by=by, now=now)
    return action


@workflow
def close(*, action: Action, how: str, meeting: str = "", on: date | None = None, by: User, now: datetime) -> Action:
    """Closed by a meeting, which is named, or by the chair, who does it personally. Closed so already: quiet."""
    action = take_for(action, "close", by=by, now=now)
    if action.status == Status.CLOSED:
        return action
    today = local_day(now)
    how = ClosedBy(how)
    if how == ClosedBy.EARLIER:
        raise WorkflowError("Say whether a meeting or the chair closes it.")
    if how == ClosedBy.CHAIR and not panel.can(by, Permission.DECIDE_ACTION_DATES, on=today):
        raise NotPermitted("Only the chair or the deputy chair closes an action without a meeting.")
    meeting = words(meeting, "Name the meeting that closed it.") if how == ClosedBy.MEETING else ""
    if on is not None and on > today:
        raise WorkflowError("The meeting’s day has not come yet.")
    move(action, "close", closed_how=how, closed_meeting=meeting, closed_on=on or today, closed_by=by)
    note("closed", by=by, action=action, how=how.label.lower())
    return action


@workflow
def cancel(*, action: Action, reason: str, by: User, now: datetime) -> Action:
    """Nobody has to do it any more, and why. Cancelled already: quiet."""
    action = take_for(action, "cancel", by=by, now=now)
    if action.status == Status.CANCELLED:
        return action
    reason = words(reason, "Say why the action is cancelled.")
    move(action, "cancel", cancelled_by=by, cancelled_on=local_day(now), cancelled_reason=reason, **UNCLAIMED)
    note("cancelled", by=by, action=action)
    access.close_all(subject=action.subject, by=by, now=now)
    return action


@workflow
def reopen(*, action: Action, reason: str, due_on: date, by: User, now: datetime) -> Action:
    """Work on it goes on, to a new date. Who had claimed and confirmed it stays in the history."""
    action = take_for(action, "reopen", by=by, now=now)
    reason = words(reason, "Say why the action is opened again.")
    if due_on < local_day(now):
        raise WorkflowError("That day has passed. Give a later date.")
    agreed = {} if action.agreed_at else {"agreed_by": by, "agreed_at": now}
    move(
        action, "reopen", due_on=due_on, first_due_on=action.first_due_on or due_on, completed_by=None,
        completed_on=None, closed_how="", closed_on=None, closed_meeting="", closed_by=None, cancelled_by=None,
        cancelled_on=None, cancelled_reason="", **UNCLAIMED, **agreed,
    )  # fmt: skip
    ProgressNote.objects.create(action=action, kind=Note.REOPENED, text=reason, by=by, by_label=str(by), at=now)
    note("reopened", by=by, action=action, due=due_on.isoformat())
    return action


@workflow
def set_colour(*, action: Action, colour: str, reason: str, by: User, now: datetime) -> Action:
    """Another colour than the dates give, with a reason; "" takes it away again. Blue is never set by hand."""
    action = take(action, Permission.MANAGE_ACTIONS, by=by, now=now)
    if action.status not in RUNNING:
        raise WorkflowError("A colour is set by hand only while the action is open.")
    if colour == Rag.BLUE:
        raise WorkflowError("Blue means complete, with evidence seen: confirm the action instead.")
    reason = words(reason, "Say why the colour is set by hand.") if colour else ""
    if (action.rag_override, action.rag_override_reason) == (colour, reason):
        return action
    write(action, rag_override=colour, rag_override_reason=reason, rag_override_by=by if colour else None)
    note("colour_set" if colour else "colour_unset", by=by, action=action, colour=Rag(colour).label if colour else "")
    return action


@workflow
def record_impact(
    *, action: Action, impact: str, text: str, check_on: date | None = None, by: User, now: datetime
) -> Action:
    """Whether it made a difference for children, apart from done; `check_on`: when to look (again)."""
    action = take(action, Permission.MANAGE_ACTIONS, by=by, now=now)
    if impact:
        text = words(text, "Say how it is known.")
        impact = Impact(impact)
    fields = {"impact": impact, "impact_text": text.strip(), "impact_check_on": check_on}
    if all(getattr(action, name) == value for name, value in fields.items()):
        return action
    seen = {"impact_by": by, "impact_on": local_day(now)} if impact else {"impact_by": None, "impact_on": None}
    write(action, **fields, **seen)
    note("impact_recorded", by=by, action=action)
    return action
