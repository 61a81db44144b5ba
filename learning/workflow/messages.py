"""A key message: drafted, recommended to the Executive Group, agreed or sent back, closed; and its impact."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta

from core.errors import WorkflowError
from core.guard import workflow
from learning import permissions
from learning.choices import Impact
from learning.models import ImpactCheck, ImpactInterval, KeyMessage, LearningPoint, MessageAudience, MessagePoint
from learning.states import MESSAGES, MessageStatus, PointStatus
from learning.workflow.base import (
    by_pseudonym,
    cases_of,
    local_day,
    lock,
    move,
    next_reference,
    note,
    set_links,
    take_for,
    words,
)
from learning.workflow.base import write as put
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission
from rapid_reviews.models import Audience
from referrals.workflow.base import is_new


@dataclass(frozen=True, kw_only=True)
class MessageFacts:
    text: str
    why: str
    audiences: Sequence[Audience] = field(default=())
    points: Sequence[LearningPoint] = field(default=())


def _note(verb: str, message: KeyMessage, *, by: User | None, **details: Any) -> None:
    note(verb, by=by, obj=message, reference=message.reference, about=message.reference, **details)


def visible_points(message: KeyMessage, user: User, on: date) -> list[LearningPoint]:
    visible = LearningPoint.objects.visible_to(user, on=on)
    return list(visible.filter(message_points__message=message).order_by("reference"))


def facts_of(message: KeyMessage, user: User, on: date) -> dict[str, object]:
    """What stands now as this person sees it, for the fingerprint that keeps two windows apart."""
    return {
        "text": message.text, "why": message.why, "audiences": list(message.audiences.all()),
        "points": visible_points(message, user, on),
    }  # fmt: skip


def _checked(facts: MessageFacts, more: Sequence[LearningPoint], *, by: User, now: datetime) -> dict[str, str]:
    """The texts, with pseudonyms for whoever the cases of all its points name."""
    unseen = [point for point in facts.points if not permissions.sees(by, point, on=local_day(now))]
    if unseen:
        raise WorkflowError("Choose only learning points that you see.")
    aside = [point for point in facts.points if point.status == PointStatus.SET_ASIDE]
    if aside:
        raise WorkflowError(f"{aside[0]} is set aside. Take it up again before a message rests on it.")
    cases = cases_of([*facts.points, *more])
    return {
        "text": by_pseudonym(words(facts.text, "Enter the key message."), cases),
        "why": by_pseudonym(words(facts.why, "Say why it matters."), cases),
    }


@workflow
def draft_message(*, facts: MessageFacts, by: User, now: datetime) -> KeyMessage:
    """A new key message. Names that the cases of its points hold are replaced by pseudonyms as it is saved."""
    today = local_day(now)
    panel.check(by, Permission.MANAGE_LEARNING, on=today)
    texts = _checked(facts, [], by=by, now=now)
    message = KeyMessage(reference=next_reference("KM", today.year), drafted_by=by, drafted_at=now, **texts)
    message.save()
    set_links(MessageAudience, {"message": message}, "audience", facts.audiences)
    set_links(MessagePoint, {"message": message}, "point", facts.points)
    _note("message_drafted", message, by=by)
    return message


@workflow
def change_message(
    *, message: KeyMessage, facts: MessageFacts, by: User, now: datetime, seen: str | None = None
) -> KeyMessage:
    """Put a draft right. Points that `by` does not see stay. ChangedMeanwhileError where another window saved."""
    message, today = lock(message), local_day(now)
    permissions.check_change_message(by, message, on=today)
    visible = visible_points(message, by, today)
    unseen = list(message.points.exclude(pk__in=[point.pk for point in visible]))
    texts = _checked(facts, unseen, by=by, now=now)
    wanted = {**texts, "audiences": list(facts.audiences), "points": list(facts.points)}
    if not is_new(facts_of(message, by, today), wanted, seen):
        return message
    put(message, **texts)
    set_links(MessageAudience, {"message": message}, "audience", facts.audiences)
    set_links(MessagePoint, {"message": message}, "point", [*facts.points, *unseen])
    _note("message_changed", message, by=by)
    return message


@workflow
def recommend_message(*, message: KeyMessage, by: User, now: datetime) -> KeyMessage:
    """To the Executive Group (terms of reference, section 1): it is in the highlight report. Done already: quiet."""
    message = take_for(message, "recommend", by=by, now=now)
    if message.status == MessageStatus.RECOMMENDED:
        return message
    if not message.message_audiences.exists():
        raise WorkflowError("Say for which audiences the message is before it is recommended.")
    move(message, "recommend", recommended_by=by, recommended_on=local_day(now), sent_back_reason="")
    _note("message_recommended", message, by=by)
    return message


@workflow
def send_back_message(*, message: KeyMessage, reason: str, by: User, now: datetime) -> KeyMessage:
    """The Executive Group wants it otherwise: a draft again."""
    message = take_for(message, "send_back", by=by, now=now)
    reason = words(reason, "Say what the Executive Group wants otherwise.")
    move(message, "send_back", recommended_by=None, recommended_on=None, sent_back_reason=reason)
    _note("message_sent_back", message, by=by)
    return message


@workflow
def agree_message(*, message: KeyMessage, on: date, by: User, now: datetime) -> KeyMessage:
    """Record that the Executive Group agreed it on the day `on`. Agreed already: quiet."""
    message = take_for(message, "agree", by=by, now=now)
    if message.status == MessageStatus.AGREED:
        return message
    if on > local_day(now) or (message.recommended_on is not None and on < message.recommended_on):
        raise WorkflowError("The Executive Group agreed it on a day between the recommendation and today.")
    move(message, "agree", agreed_by=by, agreed_on=on)
    _note("message_agreed", message, by=by, on=on.isoformat())
    return message


@workflow
def close_message(*, message: KeyMessage, closing_words: str, by: User, now: datetime) -> KeyMessage:
    """It has done its work. Not while an impact check is open. Closed already: quiet."""
    message = take_for(message, "close", by=by, now=now)
    if message.status == MessageStatus.CLOSED:
        return message
    MESSAGES.check(message.status, "close")
    text = words(closing_words, "Say what became of it.")
    if message.impact_checks.filter(done_on__isnull=True).exists():
        raise WorkflowError("Record what was found at each impact check before the message is closed.")
    if not message.impact_checks.exists():
        raise WorkflowError("Nothing was issued yet: withdraw the message where it is no longer wanted.")
    move(message, "close", closing_words=text, closed_by=by, closed_on=local_day(now))
    _note("message_closed", message, by=by)
    return message


@workflow
def withdraw_message(*, message: KeyMessage, reason: str, by: User, now: datetime) -> KeyMessage:
    """No longer wanted; kept with its reason. Withdrawn already: quiet."""
    message = take_for(message, "withdraw", by=by, now=now)
    if message.status == MessageStatus.WITHDRAWN:
        return message
    reason = words(reason, "Say why it is withdrawn.")
    move(message, "withdraw", withdrawal_reason=reason, withdrawn_by=by, withdrawn_on=local_day(now))
    _note("message_withdrawn", message, by=by)
    return message


def set_impact_checks(message: KeyMessage, issued_on: date) -> None:
    """Derive the days on which impact is looked at from the day of the first product; there already: they stay.

    Calendar months: the same day of the month, else the last day of that month.
    """
    if message.impact_checks.exists():
        return
    for interval in ImpactInterval.objects.filter(is_active=True):
        due_on = issued_on + relativedelta(months=interval.months)
        ImpactCheck(message=message, months=interval.months, due_on=due_on).save()


@workflow
def record_impact(*, check: ImpactCheck, outcome: Impact, evidence: str, by: User, now: datetime) -> ImpactCheck:
    """What was found. It may be put right while the message is open; the same again is quiet."""
    check = lock(check)
    permissions.check(by, Permission.MANAGE_LEARNING, check.message, on=local_day(now))
    text = words(evidence, "Say how it is known.")
    if (check.outcome, check.evidence) == (outcome, text):
        return check
    if check.message.status != MessageStatus.AGREED:
        raise WorkflowError("The message is not open any more, so its impact is not recorded.")
    put(check, outcome=outcome, evidence=text, done_by=by, done_on=local_day(now))
    _note("impact_recorded", check.message, by=by, months=check.months, outcome=Impact(outcome).label)
    return check
