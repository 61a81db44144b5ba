"""The steps of a plan that people tick off, add or find not needed; and those that other facts settle."""

from datetime import date, datetime
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from deadlines import calendar as stored
from deadlines import workflow as clocks
from panel.models import User
from publications import plan
from publications.choices import APPROVALS, SETTLED, StepKind, Subject
from publications.models import PlanStep, Publication
from publications.standing import agreed_partners
from publications.workflow.base import local_day, note, prepare, words, write

OPEN: dict[str, Any] = {"done_on": None, "done_by": None, "done_at": None}


def _step(step: PlanStep, publication: Publication) -> PlanStep:
    row: PlanStep = PlanStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if row.kind in SETTLED:
        raise WorkflowError("This step is settled by what it is about, so it is not ticked off here.")
    row.publication = publication
    return row


@workflow
def complete_step(
    *, step: PlanStep, done_on: date, text: str = "", late_reason: str = "", told: str = "", by: User, now: datetime
) -> PlanStep:
    """It was done on `done_on`. Both copies out: the statutory clock stops, which asks why if they were late.

    Done on that day already: quiet.
    """
    publication = prepare(step.publication, by=by, now=now, also_published=True)
    step = _step(step, publication)
    if step.done_on == done_on:
        return step
    if done_on > local_day(now):
        raise WorkflowError(f"{plan.spoken(done_on)} is in the future: give the day on which it was done.")
    write(step, done_on=done_on, done_by=by, done_at=now, note=text.strip(), not_needed_reason="")
    _stop_copy_clock(publication, late_reason=late_reason, told=told, by=by, now=now)
    note("step_done", by=by, publication=publication, step=step.title, on=done_on.isoformat())
    return step


def _stop_copy_clock(publication: Publication, *, late_reason: str, told: str, by: User, now: datetime) -> None:
    steps, clock = list(publication.steps.all()), publication.copy_clock
    if clock is None or not clock.is_running or not plan.is_settled_by_copies(steps):
        return
    sent = plan.last_copy(steps)
    if sent is not None:
        clocks.complete_clock(clock=clock, on=sent, by=by, now=now, late_reason=late_reason, told=told)


@workflow
def reopen_step(*, step: PlanStep, by: User, now: datetime) -> PlanStep:
    """It was ticked off by mistake, or is needed after all. Open already: quiet.

    A copy whose clock was stopped is not reopened: the clock keeps what it was judged by. Its day can be put right.
    """
    publication = prepare(step.publication, by=by, now=now, also_published=True)
    step = _step(step, publication)
    if step.is_open:
        return step
    clock = publication.copy_clock
    if step.rule_code and clock is not None and not clock.is_running:
        raise WorkflowError("Both copies are recorded as sent. Put the day right instead.")
    write(step, **OPEN, not_needed_reason="")
    _recount(step, publication)
    note("step_reopened", by=by, publication=publication, step=step.title)
    return step


def _recount(step: PlanStep, publication: Publication) -> None:
    day = publication.planned_on
    write(step, due_on=plan.day_of(step, day, stored.hold(), plan.rules_on(day)))


@workflow
def skip_step(*, step: PlanStep, reason: str, by: User, now: datetime) -> PlanStep:
    """It is not needed in this publication, with the reason. What law or guidance asks for is always needed."""
    publication = prepare(step.publication, by=by, now=now, also_published=True)
    step = _step(step, publication)
    reason = words(reason, "Say why this step is not needed.")
    if step.rule_code:
        raise WorkflowError("Statutory guidance asks for this step, so it is always needed.")
    if step.not_needed_reason == reason:
        return step
    write(step, **OPEN, not_needed_reason=reason)
    note("step_not_needed", by=by, publication=publication, step=step.title, text=reason)
    return step


@workflow
def add_step(*, publication: Publication, title: str, who: str, days: int, by: User, now: datetime) -> PlanStep:
    """One more step in this plan; `days` working days from publication, negative before it. The same again: quiet."""
    publication = prepare(publication, by=by, now=now)
    title = words(title, "Enter what is to be done.")
    there = publication.steps.filter(kind=StepKind.OTHER, title=title, days=days).first()
    if there is not None:
        return there
    step = PlanStep(publication=publication, title=title, who=who.strip(), days=days, source="Added to this plan")
    day = publication.planned_on
    step.due_on = plan.day_of(step, day, stored.hold(), plan.rules_on(day))
    step.save()
    note("step_added", by=by, publication=publication, step=title)
    return step


def settle(publication: Publication, *, by: User, now: datetime) -> None:
    """Tick off, or open again, the steps of approval and strategy, as the agreements to the present words say."""
    report = agreed_partners(publication, Subject.REPORT)
    strategy = agreed_partners(publication, Subject.STRATEGY)
    for step in publication.steps.filter(kind__in=[*APPROVALS, StepKind.STRATEGY]):
        if step.kind == StepKind.STRATEGY:
            day = max(strategy.values()) if len(strategy) == len(APPROVALS) else None
        else:
            day = report.get(APPROVALS[StepKind(step.kind)])
        if step.done_on != day:
            who = {"done_by": by, "done_at": now} if day else {"done_by": None, "done_at": None}
            write(step, done_on=day, **who)
            if day is None:
                _recount(step, publication)
