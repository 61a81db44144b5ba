"""Proposing an action, putting its words right, agreeing it."""

from datetime import datetime

from actions import emails, permissions
from actions.choices import Source
from actions.facts import Facts, Origin, check_facts, check_origin
from actions.models import Action, OtherAgency
from actions.states import Status
from actions.workflow.base import local_day, move, next_reference, note, take, take_for, write
from agency_returns.workflow.asking import check_address
from core.errors import WorkflowError
from core.guard import workflow
from panel import permissions as panel
from panel.models import User
from panel.permissions import Permission
from practice_reviews.permissions import check as check_review
from referrals import permissions as cases
from referrals.workflow.base import is_new

NAMES = ("text", "recommendation", "success_measure", "due_on", "lead", "lead_name", "lead_address", "impact_check_on")


@workflow
def propose(*, origin: Origin, facts: Facts, by: User, now: datetime) -> Action:
    """A new action, proposed: it binds nobody before it is agreed."""
    today = local_day(now)
    panel.check(by, Permission.ADD_ACTIONS, on=today)
    check_origin(origin)
    if origin.referral is not None:
        cases.check(by, Permission.ADD_ACTIONS, origin.referral, on=today)
    if origin.practice_review is not None:
        check_review(by, Permission.ADD_ACTIONS, origin.practice_review, on=today)
    check_facts(facts)
    _check_lead(facts, origin, now)
    action = Action(
        reference=next_reference(today.year), source=origin.source, rapid_review=origin.rapid_review,
        practice_review=origin.practice_review, referral=origin.referral, other_review=origin.other_review.strip(),
        meeting_on=origin.meeting_on,
        meeting=origin.meeting.strip(), owner=facts.owner, kind=facts.kind, proposed_by=by, proposed_at=now,
        first_due_on=facts.due_on, **{name: getattr(facts, name) for name in NAMES},
    )  # fmt: skip
    action.lead_address = action.lead_address.strip().lower()
    action.save()
    _set_others(action, facts)
    note("proposed", by=by, action=action, agency=action.owner.short_name)
    return action


def _check_lead(facts: Facts, origin: Origin, now: datetime) -> None:
    """No letter goes through a wall, and a lead must be able to see what they lead."""
    if origin.referral is None:
        return
    if facts.lead_address:
        check_address(origin.referral, facts.lead_address, on=local_day(now))
    if facts.lead is not None and not origin.referral.may_be_seen_by(facts.lead, on=local_day(now)):
        raise WorkflowError(f"{facts.lead} does not see this case. Choose somebody else as lead.")


def _set_others(action: Action, facts: Facts) -> bool:
    there = set(action.other_agencies.values_list("agency", flat=True))
    wanted = {agency.pk for agency in facts.others}
    action.other_agencies.exclude(agency__in=wanted).delete()
    OtherAgency.objects.bulk_create([OtherAgency(action=action, agency_id=pk) for pk in wanted - there])
    return there != wanted


def facts_of(action: Action) -> dict[str, object]:
    """What stands now, for the fingerprint that keeps two windows apart."""
    return {"owner": action.owner, "others": list(action.others.all())} | {n: getattr(action, n) for n in NAMES}


@workflow
def change(*, action: Action, facts: Facts, by: User, now: datetime, seen: str | None = None) -> Action:
    """Put its words, agencies or lead right. The date of an agreed action changes by the chair's approval alone.

    ChangedMeanwhileError where another window saved something else since; the same again is quiet.
    """
    action = take(action, Permission.MANAGE_ACTIONS, by=by, now=now)
    if not permissions.is_changeable(action):
        raise WorkflowError("This action has ended. Reopen it before you change it.")
    check_facts(facts)
    origin = Origin(source=Source(action.source), referral=action.referral)
    _check_lead(facts, origin, now)
    wanted = {"owner": facts.owner, "others": list(facts.others)} | {n: getattr(facts, n) for n in NAMES}
    if action.status != Status.PROPOSED:
        wanted["due_on"] = action.due_on
    if not is_new(facts_of(action), wanted, seen):
        return action
    fields = {name: wanted[name] for name in (*NAMES, "owner")}
    if action.status == Status.PROPOSED:
        fields["first_due_on"] = facts.due_on
    write(action, kind=facts.kind, **fields)
    _set_others(action, facts)
    note("changed", by=by, action=action)
    return action


@workflow
def agree(*, action: Action, by: User, now: datetime) -> Action:
    """From now on it binds: the lead is told and the ladder counts. Agreed already: quiet."""
    action = take_for(action, "agree", by=by, now=now)
    if action.status == Status.OPEN:
        return action
    if action.due_on is None:
        raise WorkflowError("Give the action a due date before it is agreed.")
    move(action, "agree", agreed_by=by, agreed_at=now)
    note("agreed", by=by, action=action, due=action.due_on.isoformat(), agency=action.owner.short_name)
    emails.queue_assigned(action, by=by, now=now)
    return action


@workflow
def send_link(*, action: Action, by: User, now: datetime) -> str:
    """A new link to whoever leads the action; returns the address. WorkflowError where nobody can be written to."""
    action = take(action, Permission.MANAGE_ACTIONS, by=by, now=now)
    if not action.is_running:
        raise WorkflowError("A link is sent only while the action is open.")
    contact = emails.queue_assigned(action, by=by, now=now, again=True)
    if contact is None:
        raise WorkflowError("Nobody can be written to: name a lead, or give the agency a safeguarding lead.")
    note("link_sent", by=by, action=action, address=contact.address)
    return contact.address
