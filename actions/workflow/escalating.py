"""Raising an action by hand, and the answer that is asked for. By the ladder: workflow/chasing.py."""

from datetime import datetime

from actions import emails, permissions
from actions.choices import Level
from actions.models import Action, Escalation
from actions.states import RUNNING
from actions.workflow.base import local_day, lock, note, take, words
from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from panel.models import User
from panel.permissions import Permission
from panel.roles import Role


@workflow
def escalate(*, action: Action, level: str, reason: str, by: User, now: datetime) -> Escalation:
    """Ask the chair or the Executive Group for an answer. Asked and not answered yet: quiet."""
    action = take(action, Permission.MANAGE_ACTIONS, by=by, now=now)
    level = Level(level)
    waiting: Escalation | None = action.escalations.filter(level=level, answered_at__isnull=True).first()
    if waiting is not None:
        return waiting
    if action.status not in RUNNING:
        raise WorkflowError("Only an open action is escalated.")
    raised: Escalation = Escalation.objects.create(
        action=action, level=level, raised_on=local_day(now), raised_by=by, due_on=action.due_on,
        reason=words(reason, "Say why the action is escalated."),
    )  # fmt: skip
    note("escalated", by=by, action=action, level=level.label.lower())
    emails.queue_escalated(raised, now=now)
    return raised


def check_answer(user: User, escalation: Escalation, *, now: datetime) -> None:
    """The level that was asked, or who records its answer: the Executive Group is not asked what the chair is asked."""
    day = local_day(now)
    permissions.check(user, Permission.ANSWER_ESCALATIONS, escalation.action, on=day)
    only_partner = user.roles_on(day) & {Role.SAFEGUARDING_PARTNER} and not permissions.can(
        user, Permission.MANAGE_ACTIONS, escalation.action, on=day
    )
    if escalation.level == Level.CHAIR and only_partner:
        raise NotPermitted("The chair answers for this action.")


def can_answer(user: User, escalation: Escalation, *, now: datetime) -> bool:
    try:
        check_answer(user, escalation, now=now)
    except NotPermitted:
        return False
    return escalation.is_open


@workflow
def answer(*, escalation: Escalation, text: str, by: User, now: datetime) -> Escalation:
    """What the level decided. The same again: quiet; another one: WorkflowError, with a sentence."""
    action = lock(escalation.action)
    row = Escalation.objects.select_for_update(of=("self",)).get(pk=escalation.pk)
    row.action = action
    check_answer(by, row, now=now)
    text = words(text, "Write the answer.")
    if not row.is_open:
        if row.answer == text:
            return row
        raise WorkflowError(f"{row.answered_by} has answered already. What you wrote was not saved.")
    row.answer, row.answered_by, row.answered_at = text, by, now
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    note("answered", by=by, action=action, level=row.get_level_display().lower())
    return row
