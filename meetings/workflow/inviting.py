"""Invitations: asked, answered, a deputy called in, asked again when the meeting moves, withdrawn."""

from collections.abc import Collection
from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from meetings import emails, permissions
from meetings.models import Invitation
from meetings.people import deputy_seat, to_ask
from meetings.states import REPLIES, Reply
from meetings.workflow.base import local_day, note, planned, write
from panel.choices import MeetingStatus
from panel.models import Membership, PanelMeeting, User
from panel.roles import HAVE_DEPUTIES

RELATED = ("meeting", "membership__user", "membership__agency", "called_for__membership__user")
UNANSWERED = {"reply_note": "", "replied_at": None, "replied_label": ""}


@workflow
def invite(*, meeting: PanelMeeting, by: User, now: datetime) -> int:
    """Ask every member who was not asked yet; returns how many mails go out. Nobody left to ask: 0, quiet."""
    permissions.check_plan(by, on=local_day(now))
    meeting = planned(meeting)
    if meeting.on < local_day(now):
        raise WorkflowError("This meeting lies in the past.")
    there = set(meeting.invitations.values_list("membership", flat=True))
    asked = [_ask(meeting, seat, by=by, now=now) for seat in to_ask(meeting) if seat.pk not in there]
    if asked:
        note("invited", by=by, obj=meeting, meeting=meeting, count=len(asked))
    return len(asked)


def _ask(
    meeting: PanelMeeting, seat: Membership, *, by: User, now: datetime, called_for: Invitation | None = None
) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).filter(meeting=meeting, membership=seat).first()
    if found is None:
        found = Invitation(
            meeting=meeting, membership=seat, called_for=called_for, invited_by=by, invited_at=now
        )  # fmt: skip
        found.save()
    else:
        _ask_again(found)
    emails.queue_invitation(found, by=by, now=now)
    return found


def _ask_again(invitation: Invitation) -> None:
    target = REPLIES.check(invitation.status, "ask_again").target
    write(invitation, status=target, sequence=invitation.sequence + 1, **UNANSWERED)


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related(*RELATED)
    row: Invitation = rows.get(pk=invitation.pk)
    return row


def _take(invitation: Invitation, *, by: User, now: datetime) -> Invitation:
    row = _locked(invitation)
    permissions.check_reply(by, row, on=local_day(now))
    if row.meeting.status != MeetingStatus.PLANNED:
        raise WorkflowError(f"This meeting is {row.meeting.get_status_display().lower()}.")
    return row


def _answer(row: Invitation, verb: str, words: str, by: User, now: datetime, by_link: bool) -> None:
    label = f"{by}{', by link' if by_link else ''}"
    status = REPLIES.check(row.status, verb).target
    write(row, status=status, reply_note=words.strip(), replied_at=now, replied_label=label)
    note(verb, by=by, obj=row, meeting=row.meeting, who=str(row.membership.user))


@workflow
def accept(*, invitation: Invitation, words: str = "", by: User, now: datetime, by_link: bool = False) -> Invitation:
    """They come. A deputy who was asked in their place is told that they are not needed. Said already: quiet."""
    row = _take(invitation, by=by, now=now)
    if row.status == Reply.ACCEPTED:
        return row
    _answer(row, "accept", words, by, now, by_link)
    _withdraw_deputies(row, now=now)
    return row


@workflow
def decline(*, invitation: Invitation, words: str = "", by: User, now: datetime, by_link: bool = False) -> Invitation:
    """They do not come: their named deputy is asked, if there is one. Said already: quiet."""
    row = _take(invitation, by=by, now=now)
    if row.status == Reply.DECLINED:
        return row
    _answer(row, "decline", words, by, now, by_link)
    seat = deputy_seat(row.membership, row.meeting.on) if row.membership.role in HAVE_DEPUTIES else None
    if seat is not None:
        called = _ask(row.meeting, seat, by=by, now=now, called_for=row)
        note(
            "deputy_called", by=by, obj=called, meeting=row.meeting, who=str(seat.user), member=str(row.membership.user)
        )
    return row


def _withdraw_deputies(row: Invitation, *, now: datetime) -> None:
    for called in row.deputies.select_for_update(of=("self",)).standing().select_related(*RELATED):
        _withdraw(called, now=now, is_cancelled=False)


def _withdraw(row: Invitation, *, now: datetime, is_cancelled: bool) -> None:
    target = REPLIES.check(row.status, "withdraw").target
    write(row, status=target, sequence=row.sequence + 1, **UNANSWERED)
    emails.queue_withdrawn(row, now=now, is_cancelled=is_cancelled)


@workflow
def announce(meeting: PanelMeeting, *, by: User, now: datetime) -> Collection[int]:
    """A meeting was moved or cancelled: members are asked again, or the invitations end. Who is told, by id.

    Called by panel.meetings in the transaction of the change (panel.outlets.on_change), which has asked who may.
    """
    rows = meeting.invitations.select_for_update(of=("self",)).standing().select_related(*RELATED)
    told = set()
    for row in rows:
        row.meeting = meeting
        told.add(row.membership.user_id)
        if meeting.status == MeetingStatus.CANCELLED:
            _withdraw(row, now=now, is_cancelled=True)
        elif row.called_for_id is not None:
            _withdraw(row, now=now, is_cancelled=False)
        else:
            _ask_again(row)
            emails.queue_invitation(row, by=by, now=now, moved=True)
    return told
