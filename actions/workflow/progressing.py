"""What an agency does: progress, evidence, "complete", "at risk", another date. By sign-in or by link."""

from datetime import date, datetime
from typing import Any

from actions import emails, permissions
from actions.choices import Note
from actions.models import Action, DateChange, Evidence, ProgressNote
from actions.states import DATES, DateStatus, Status
from actions.workflow.base import (
    account_of,
    label_of,
    local_day,
    lock,
    move,
    note,
    take_as_agency,
    take_for,
    words,
    write,
)
from agency_returns.actors import Actor
from core.errors import WorkflowError
from core.guard import workflow
from documents.states import Status as DocumentStatus
from documents.uploads import INFECTED
from documents.workflow import store
from panel.models import User

KIND_OF_DOCUMENT = "other"
NOT_RUNNING = "This action is not open, so nothing can be added to it."


def _running(action: Action, *, by: Actor, now: datetime) -> Action:
    row = take_as_agency(action, by=by, now=now)
    if not row.is_running:
        raise WorkflowError(NOT_RUNNING)
    return row


@workflow
def add_note(*, action: Action, text: str, at_risk: bool = False, by: Actor, now: datetime) -> ProgressNote:
    """Say how it goes; `at_risk` says that the date may be missed, with the note as reason. The same twice: quiet."""
    action = _running(action, by=by, now=now)
    text = words(text, "Say how the action is going.")
    last = action.notes.order_by("-at", "-pk").first()
    label = label_of(by, action, now)
    if last is None or (last.text, last.by_label) != (text, label):
        last = ProgressNote.objects.create(action=action, text=text, by=by.user, by_label=label, at=now)
        note("noted", by=by, action=action)
    risk = text if at_risk else ""
    if action.at_risk_reason != risk:
        write(action, at_risk_reason=risk)
        note("at_risk" if at_risk else "not_at_risk", by=by, action=action)
    found: ProgressNote = last
    return found


@workflow
def give_evidence(
    *, action: Action, by: Actor, now: datetime, file: Any = None, link: str = "", elsewhere: str = "",
    description: str = "",
) -> Evidence:  # fmt: skip
    """Keep a file, a link, or where the evidence is to be found. WorkflowError, with a sentence, for a refused file."""
    action = _running(action, by=by, now=now)
    label = label_of(by, action, now)
    if sum(bool(one) for one in (file, link.strip(), elsewhere.strip())) != 1:
        raise WorkflowError("Give one thing at a time: a file, a link, or where it is kept.")
    facts: dict[str, Any] = {"link": link.strip(), "elsewhere": elsewhere.strip(), "document": None}
    if file:
        document = store(
            owner_key=action.document_key, reference=action.case_reference, file=file, kind=KIND_OF_DOCUMENT,
            description="Evidence for an action", by=None, by_label=label, now=now,
        )  # fmt: skip
        if document.status == DocumentStatus.REFUSED:
            raise WorkflowError(INFECTED)
        facts["document"] = document
    there = action.evidence.filter(**facts).first()
    if there is not None:
        return there
    evidence: Evidence = Evidence.objects.create(
        action=action,
        description=description.strip(),
        given_by=account_of(by),
        given_label=label,
        given_at=now,
        **facts,
    )
    note("evidence_given", by=by, action=action)
    return evidence


@workflow
def see_evidence(*, evidence: Evidence, by: User, now: datetime) -> Evidence:
    """Somebody else than who gave it has looked at it. Seen already: quiet."""
    action = lock(evidence.action)
    permissions.check_see_evidence(by, action, on=local_day(now))
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if evidence.seen_at is not None:
        return evidence
    if by.pk in (evidence.given_by_id, action.claimed_by_id):
        raise WorkflowError("Somebody else must see this evidence: it is yours.")
    evidence.seen_by, evidence.seen_at = by, now
    evidence.save(update_fields=["seen_by", "seen_at"])
    note("evidence_seen", by=by, action=action)
    return evidence


@workflow
def claim(*, action: Action, by: Actor, now: datetime) -> Action:
    """The agency says that it is complete. It is blue only when somebody else has seen the evidence."""
    action = take_as_agency(action, by=by, now=now)
    if action.status == Status.CLAIMED:
        return action
    if action.status == Status.OPEN and not action.evidence.exists():
        raise WorkflowError("Give the evidence first: a file, a link, or where it is kept.")
    move(action, "claim", claimed_on=local_day(now), claimed_by=account_of(by), claimed_label=label_of(by, action, now))
    note("claimed", by=by, action=action)
    return action


UNCLAIMED: dict[str, Any] = {"claimed_on": None, "claimed_by": None, "claimed_label": ""}


@workflow
def take_back(*, action: Action, by: Actor, now: datetime) -> Action:
    """The agency goes on working on it."""
    action = take_as_agency(action, by=by, now=now)
    if action.status == Status.OPEN:
        return action
    move(action, "take_back", **UNCLAIMED)
    note("taken_back", by=by, action=action)
    return action


@workflow
def send_back(*, action: Action, reason: str, by: User, now: datetime) -> Action:
    """The evidence does not show it yet: the agency reads why."""
    action = take_for(action, "send_back", by=by, now=now)
    if action.status == Status.OPEN and action.notes.filter(kind=Note.SENT_BACK, text=reason.strip(), by=by).exists():
        return action
    reason = words(reason, "Say what is missing.")
    move(action, "send_back", **UNCLAIMED)
    ProgressNote.objects.create(action=action, kind=Note.SENT_BACK, text=reason, by=by, by_label=str(by), at=now)
    note("sent_back", by=by, action=action)
    emails.queue_sent_back(action, by=by, now=now)
    return action


@workflow
def ask_date(*, action: Action, wanted_on: date, reason: str, by: Actor, now: datetime) -> DateChange:
    """Ask for another due date, with a reason. The date stands until the chair approves. The same again: quiet."""
    action = take_as_agency(action, by=by, now=now)
    if action.status != Status.OPEN or action.due_on is None:
        raise WorkflowError("Another date is asked for only while the action is open.")
    reason = words(reason, "Say why another date is needed.")
    waiting = action.date_changes.filter(status=DateStatus.ASKED).first()
    if waiting is not None:
        if waiting.wanted_on == wanted_on:
            return waiting
        raise WorkflowError(f"{waiting.wanted_on:%-d %B %Y} was asked for already and waits for the chair.")
    if wanted_on == action.due_on:
        raise WorkflowError("That is the date on which it is due. Ask for another one.")
    if wanted_on < local_day(now):
        raise WorkflowError("That day has passed. Ask for a later one.")
    asked: DateChange = DateChange.objects.create(
        action=action, due_before=action.due_on, wanted_on=wanted_on, reason=reason, asked_by=account_of(by),
        asked_label=label_of(by, action, now), asked_at=now,
    )  # fmt: skip
    note("date_asked", by=by, action=action, wanted=wanted_on.isoformat(), due=action.due_on.isoformat())
    emails.queue_date_asked(asked, now=now)
    return asked


@workflow
def decide_date(*, change: DateChange, approve: bool, reason: str = "", by: User, now: datetime) -> DateChange:
    """The chair approves or refuses. Decided so already: quiet. Nobody decides on what they asked for themselves."""
    action = lock(change.action)
    permissions.check_decide_date(by, action, on=local_day(now))
    change = DateChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    verb = "approve" if approve else "refuse"
    target = DateStatus.APPROVED if approve else DateStatus.REFUSED
    if change.status == target:
        return change
    target = DATES.check(change.status, verb).target  # type: ignore[assignment]
    if by.pk == change.asked_by_id:
        raise WorkflowError("You asked for this date yourself, so somebody else decides.")
    if not approve:
        reason = words(reason, "Say why the date is refused.")
    elif action.status != Status.OPEN:
        raise WorkflowError("The action is not open any more, so its date cannot be moved.")
    change.status, change.decided_by, change.decided_at, change.decision_reason = target, by, now, reason.strip()
    change.save(update_fields=["status", "decided_by", "decided_at", "decision_reason"])
    if approve:
        write(action, due_on=change.wanted_on)
    note(f"date_{target}", by=by, action=action, wanted=change.wanted_on.isoformat())
    change.action = action
    emails.queue_date_decided(change, by=by, now=now)
    return change
