"""Changing a time limit, or adding its next edition."""

from datetime import datetime, timedelta

from core.errors import WorkflowError
from core.guard import workflow
from deadlines.models import Clock, ClockRevision, Rule
from deadlines.workflow.recount import By, recompute_clocks


@workflow
def save_rule(*, rule: Rule, by: By, now: datetime, reason: str) -> list[ClockRevision]:
    """Save a changed or new edition and count its running clocks again; returns the dates that moved.

    A new edition ends the one before it on the eve of its first day and takes over the running clocks whose trigger
    lies in its time. Finished clocks keep the edition and the trail by which they were judged.
    """
    before = Rule.objects.select_for_update().filter(pk=rule.pk).first() if rule.pk else None
    if before is not None and _counts(before) != _counts(rule) and not reason.strip():
        raise WorkflowError("Give a reason: this change moves the dates of running clocks.")
    if before is None:
        _end_previous_edition(rule)
    rule.save()
    for clock in Clock.objects.running().filter(code=rule.code).select_for_update():
        edition = Rule.objects.for_trigger(rule.code, clock.trigger_on)
        if edition.pk != clock.rule_id:
            Clock.objects.filter(pk=clock.pk).update(rule=edition)
    words = reason.strip() or f"{rule.title}: {rule.length_text} ({rule.edition})"
    return recompute_clocks(reason=words, by=by, now=now, cause=ClockRevision.Cause.RULE)


def _counts(rule: Rule) -> tuple[str, str, int | None, str]:
    return rule.direction, rule.unit, rule.length, rule.limit


def _end_previous_edition(rule: Rule) -> None:
    previous = Rule.objects.select_for_update().filter(code=rule.code, effective_until=None).first()
    if previous is None:
        return
    if rule.effective_from <= previous.effective_from:
        raise WorkflowError(
            f"The edition in force begins on {previous.effective_from:%d %B %Y}; a new one must begin after that day."
        )
    previous.effective_until = rule.effective_from - timedelta(days=1)
    previous.save(update_fields=["effective_until"])
