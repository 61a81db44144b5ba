"""A 7-minute briefing: begun from the template, written, finished."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from learning.choices import Marking
from learning.models import BriefingPart, BriefingText, KeyMessage, SevenMinuteBriefing
from learning.states import BriefingStatus, MessageStatus
from learning.workflow.base import by_pseudonym, cases_of, local_day, move, note, take, take_for, words
from learning.workflow.base import write as put
from panel.models import User
from panel.permissions import Permission
from referrals.workflow.base import is_new


def _note(verb: str, briefing: SevenMinuteBriefing, *, by: User) -> None:
    message = briefing.message
    note(verb, by=by, obj=briefing, reference=message.reference, about=message.reference)


@workflow
def begin_briefing(*, message: KeyMessage, by: User, now: datetime) -> SevenMinuteBriefing:
    """A draft with the parts of the template as they are now. There already: that one."""
    message = take(message, Permission.MANAGE_LEARNING, by=by, now=now)
    there = SevenMinuteBriefing.objects.filter(message=message).first()
    if there is not None:
        return there
    if message.status in (MessageStatus.CLOSED, MessageStatus.WITHDRAWN):
        raise WorkflowError("A briefing is written of a message that is open.")
    briefing = SevenMinuteBriefing(
        message=message, title=message.text[:120], started_by=by, started_at=now, changed_by=by, changed_at=now
    )
    briefing.save()
    for part in BriefingPart.objects.filter(is_active=True):
        BriefingText(briefing=briefing, position=part.position, heading=part.heading, guidance=part.guidance).save()
    _note("briefing_begun", briefing, by=by)
    return briefing


def facts_of(briefing: SevenMinuteBriefing) -> dict[str, object]:
    """What stands now, for the fingerprint that keeps two windows apart."""
    texts = {f"part_{part.position}": part.text for part in briefing.texts}
    return {"title": briefing.title, "marking": briefing.marking} | texts


@workflow
def write_briefing(
    *, briefing: SevenMinuteBriefing, title: str, marking: Marking, texts: Mapping[int, str], by: User,
    now: datetime, seen: str | None = None,
) -> SevenMinuteBriefing:  # fmt: skip
    """Save title and parts (by position). Names that the cases behind it hold are replaced by pseudonyms.

    ChangedMeanwhileError where another window saved something else since; the same again is quiet.
    """
    briefing = take(briefing, Permission.MANAGE_LEARNING, by=by, now=now)
    if briefing.status == BriefingStatus.FINISHED:
        raise WorkflowError("The briefing is finished. Open it again before you change it.")
    cases = cases_of(briefing.message.points.all())
    title = by_pseudonym(words(title, "Enter a title."), cases)
    wanted: dict[str, Any] = {"title": title, "marking": marking}
    parts = briefing.texts
    new = {part.position: by_pseudonym(texts.get(part.position, part.text).strip(), cases) for part in parts}
    if not is_new(facts_of(briefing), wanted | {f"part_{number}": text for number, text in new.items()}, seen):
        return briefing
    for part in parts:
        if part.text != new[part.position]:
            put(part, text=new[part.position])
    put(briefing, **wanted, changed_by=by, changed_at=now)
    _note("briefing_written", briefing, by=by)
    return briefing


@workflow
def finish_briefing(*, briefing: SevenMinuteBriefing, by: User, now: datetime) -> SevenMinuteBriefing:
    """From now on it is no draft: every part must be written. Finished already: quiet."""
    briefing = take_for(briefing, "finish", by=by, now=now)
    if briefing.status == BriefingStatus.FINISHED:
        return briefing
    empty = [part.heading for part in briefing.texts if not part.text]
    if empty:
        raise WorkflowError(f"Write every part before the briefing is finished. “{empty[0]}” is empty.")
    move(briefing, "finish", finished_by=by, finished_on=local_day(now))
    _note("briefing_finished", briefing, by=by)
    return briefing


@workflow
def reopen_briefing(*, briefing: SevenMinuteBriefing, by: User, now: datetime) -> SevenMinuteBriefing:
    """A draft again. A draft already: quiet."""
    briefing = take_for(briefing, "reopen", by=by, now=now)
    if briefing.status == BriefingStatus.DRAFT:
        return briefing
    move(briefing, "reopen", finished_by=None, finished_on=None)
    _note("briefing_reopened", briefing, by=by)
    return briefing
