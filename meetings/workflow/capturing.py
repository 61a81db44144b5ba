"""What is captured of an item while the meeting sits: conflicts, what was said, decision, dissent, actions."""

from dataclasses import dataclass
from datetime import datetime

from actions import workflow as log
from actions.choices import Source
from actions.facts import Facts, Origin
from actions.models import Action
from core.errors import WorkflowError
from core.guard import workflow
from meetings.choices import RECOMMENDS, WITHOUT_REASON, decisions_for
from meetings.models import AgendaItem, Dissent, ItemAction, ItemConflict
from meetings.room import Room, Standing, standing
from meetings.workflow.base import note, plain, take_item, words, write
from panel.models import Membership, User
from referrals.choices import ConflictKind
from referrals.workflow import record_conflict

LONG = ("discussion", "reasons", "chair_ruling")
FIELDS = (*LONG, "decision")


class CapturedMeanwhileError(Exception):
    """Somebody else captured something else of the same item since; `saved` is what stands."""

    def __init__(self, saved: AgendaItem) -> None:
        super().__init__(f"{saved.updated_by} saved this item while you wrote. Look at both and save again.")
        self.saved = saved


@dataclass(frozen=True, kw_only=True)
class Captured:
    """What a clerk typed of one item."""

    discussion: str = ""
    decision: str = ""
    reasons: str = ""
    chair_ruling: str = ""

    def values(self) -> dict[str, str]:
        return {name: plain(getattr(self, name)) for name in FIELDS}


@workflow
def capture(*, item: AgendaItem, captured: Captured, version: int, by: User, now: datetime) -> AgendaItem:
    """Keep what was typed over the version that was read. The same as what stands: quiet, whoever saved it.

    CapturedMeanwhileError where it is another by now: nothing is overwritten.
    """
    row = take_item(item, by=by, now=now)
    wanted = captured.values()
    if wanted == {name: getattr(row, name) for name in FIELDS}:
        return row
    if version != row.version:
        raise CapturedMeanwhileError(row)
    decided: dict[str, object] = {"decided_at": row.decided_at, "is_quorate": row.is_quorate}
    if wanted["decision"] != row.decision or wanted["chair_ruling"] != row.chair_ruling:
        decided = _decide(row, wanted, now)
    _check_reason(wanted)
    write(row, **wanted, **decided, version=row.version + 1, updated_by=by, updated_at=now)
    verb = "decided" if decided["decided_at"] == now and row.decision else "captured"
    said = row.get_decision_display() or "none"
    note(verb, by=by, obj=row, meeting=row.meeting, reference=row.case_reference, item=row.title, decision=said)
    return row


def _check_reason(wanted: dict[str, str]) -> None:
    if wanted["decision"] and wanted["decision"] not in WITHOUT_REASON and not wanted["reasons"]:
        raise WorkflowError("Give the reasons for the decision.")


def _decide(row: AgendaItem, wanted: dict[str, str], now: datetime) -> dict[str, object]:
    decision = wanted["decision"]
    if not decision:
        return {"decided_at": None, "is_quorate": None}
    if decision not in decisions_for(row.kind):
        raise WorkflowError("Choose a decision from the list of this item.")
    if row.referral_id is not None and row.conflicts_asked_at is None:
        raise WorkflowError("Ask first who has a conflict of interest in this item.")
    found = standing(row, Room(row.meeting))
    _check_nobody_stays(found)
    if decision in RECOMMENDS and not found.quorum.is_met and not wanted["chair_ruling"]:
        raise WorkflowError(f"{found.quorum.sentence} The chair’s ruling, with its reason, is needed.")
    return {"decided_at": now, "is_quorate": found.quorum.is_met}


def _check_nobody_stays(found: Standing) -> None:
    if found.must_leave:
        names = " and ".join(str(seat.user) for seat in found.must_leave)
        raise WorkflowError(f"A conflict of interest keeps {names} out of this item. Record that they left the room.")


@workflow
def ask_conflicts(*, item: AgendaItem, by: User, now: datetime) -> AgendaItem:
    """Everybody was asked whether they have a conflict in this item. Asked already: quiet."""
    row = take_item(item, by=by, now=now)
    if row.conflicts_asked_at is None:
        write(row, conflicts_asked_by=by, conflicts_asked_at=now)
        note("conflicts_asked", by=by, obj=row, meeting=row.meeting, reference=row.case_reference, item=row.title)
    return row


@workflow
def declare(
    *, item: AgendaItem, seat: Membership, kind: ConflictKind, reason: str, by: User, now: datetime
) -> ItemConflict:
    """Somebody has a conflict. Of a case it is a wall from now on, everywhere. Recorded already: that one."""
    row = take_item(item, by=by, now=now)
    reason = words(reason, "Write down what was said about the conflict of interest.")
    found = row.conflicts.filter(membership__user=seat.user_id).first()
    if found is not None:
        return found
    if row.referral is not None:
        record_conflict(referral=row.referral, member=seat.user, kind=kind, reason=reason, by=by, now=now)
    if row.conflicts_asked_at is None:
        write(row, conflicts_asked_by=by, conflicts_asked_at=now)
    return _keep(row, seat, kind, reason, by, now)


def _keep(row: AgendaItem, seat: Membership, kind: ConflictKind, reason: str, by: User, now: datetime) -> ItemConflict:
    conflict = ItemConflict(item=row, membership=seat, kind=kind, reason=reason, recorded_by=by, recorded_at=now)
    conflict.save()
    note("conflict_said", by=by, obj=conflict, meeting=row.meeting, reference=row.case_reference, who=str(seat.user))
    return conflict


@workflow
def go_out(*, item: AgendaItem, seat: Membership, by: User, now: datetime) -> ItemConflict:
    """Who has a conflict leaves the room for this item. Out already: quiet."""
    row = take_item(item, by=by, now=now)
    found = row.conflicts.select_for_update(of=("self",)).filter(membership__user=seat.user_id).first()
    if found is None:
        if seat.user_id not in standing(row).walls:
            raise WorkflowError(f"No conflict of interest is recorded for {seat.user} in this item.")
        found = _keep(row, seat, ConflictKind.PROFESSIONAL, "Recorded in the case before the meeting.", by, now)
    if found.left_at is None:
        write(found, left_at=now)
        _noted("went_out", row, found, by)
    return found


@workflow
def come_back(*, item: AgendaItem, seat: Membership, by: User, now: datetime) -> ItemConflict:
    """They are back after the item. Back already: quiet."""
    row = take_item(item, by=by, now=now)
    found = row.conflicts.select_for_update(of=("self",)).filter(membership__user=seat.user_id).first()
    if found is None or found.left_at is None:
        raise WorkflowError(f"{seat.user} did not leave the room for this item.")
    if found.returned_at is None:
        write(found, returned_at=now)
        _noted("came_back", row, found, by)
    return found


def _noted(verb: str, row: AgendaItem, conflict: ItemConflict, by: User) -> None:
    who = str(conflict.membership.user)
    note(verb, by=by, obj=conflict, meeting=row.meeting, reference=row.case_reference, item=row.title, who=who)


@workflow
def dissent(*, item: AgendaItem, seat: Membership, text: str, by: User, now: datetime) -> Dissent:
    """A member does not share the decision. Said again, the newer words stand; the history keeps the others."""
    row = take_item(item, by=by, now=now)
    text = words(text, "Write down what the member holds against the decision.")
    if not row.decision:
        raise WorkflowError("Record the decision before who does not share it.")
    if seat.user_id in standing(row).out:
        raise WorkflowError(f"{seat.user} has a conflict of interest in this item and takes no part in it.")
    found = row.dissents.select_for_update(of=("self",)).filter(membership=seat).first()
    if found is not None and found.text == text:
        return found
    found = found or Dissent(item=row, membership=seat)
    found.text, found.recorded_by, found.recorded_at = text, by, now
    found.save()
    note("dissented", by=by, obj=found, meeting=row.meeting, reference=row.case_reference, who=str(seat.user))
    return found


@workflow
def add_action(*, item: AgendaItem, facts: Facts, agree: bool, by: User, now: datetime) -> Action:
    """An action agreed on the spot: into the log, behind the walls of the item's case, and into the minutes."""
    row = take_item(item, by=by, now=now)
    origin = Origin(
        source=Source.MEETING, referral=row.referral, meeting=row.meeting.body, meeting_on=row.meeting.on
    )  # fmt: skip
    action = log.propose(origin=origin, facts=facts, by=by, now=now)
    if agree:
        action = log.agree(action=action, by=by, now=now)
    ItemAction(item=row, action=action).save()
    note("action_added", by=by, obj=row, meeting=row.meeting, reference=row.case_reference, action=action.reference)
    return action
