"""What the page of one meeting shows to one person. A fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from meetings.choices import PackState
from meetings.models import AgendaItem, Invitation, Minutes, Pack
from meetings.people import deputy_use
from meetings.permissions import can_conduct, can_plan
from meetings.states import Reply, Stage
from panel.choices import MeetingStatus
from panel.models import PanelMeeting, User

TONES = {Reply.INVITED: "yellow", Reply.ACCEPTED: "green", Reply.DECLINED: "red", Reply.WITHDRAWN: "grey"}


@dataclass(frozen=True)
class Guest:
    """One invitation with what there is to say of it. `used` of `asked` meetings of a year a deputy was called."""

    invitation: Invitation
    used: int
    asked: int
    may_reply: bool

    @property
    def tone(self) -> str:
        return TONES[Reply(self.invitation.status)]

    @property
    def deputies(self) -> Sequence[Invitation]:
        return [one for one in self.invitation.deputies.all() if one.status != Reply.WITHDRAWN]

    @property
    def has_nobody(self) -> bool:
        """They do not come and nobody comes for them."""
        return self.invitation.status == Reply.DECLINED and not any(
            one.status != Reply.DECLINED for one in self.deputies
        )


class MeetingPage:
    def __init__(self, meeting: PanelMeeting, user: User, today: date) -> None:
        self.meeting, self.user, self.today = meeting, user, today
        self.may_plan, self.may_conduct = can_plan(user, on=today), can_conduct(user, on=today)

    @cached_property
    def stage(self) -> str:
        sitting = getattr(self.meeting, "sitting", None)
        return sitting.stage if sitting else Stage.PREPARING

    @property
    def is_planned(self) -> bool:
        return self.meeting.status == MeetingStatus.PLANNED

    @property
    def may_prepare(self) -> bool:
        return self.may_conduct and self.is_planned and self.stage == Stage.PREPARING

    @property
    def may_open(self) -> bool:
        is_due = self.meeting.on <= self.today and self.meeting.status != MeetingStatus.CANCELLED
        return self.may_conduct and is_due

    @cached_property
    def invitations(self) -> list[Invitation]:
        rows = self.meeting.invitations.standing().select_related(
            "membership__user", "membership__agency", "called_for"
        )
        return list(rows.prefetch_related("deputies__membership__user"))

    @cached_property
    def guests(self) -> list[Guest]:
        use = deputy_use([one.membership_id for one in self.invitations], self.meeting.on)
        return [
            Guest(
                one, *use.get(one.membership_id, (0, 0)),
                may_reply=self.is_planned and (self.may_plan or one.membership.user_id == self.user.pk),
            )
            for one in self.invitations
        ]  # fmt: skip

    @cached_property
    def mine(self) -> Guest | None:
        return next((one for one in self.guests if one.invitation.membership.user_id == self.user.pk), None)

    @property
    def counts(self) -> str:
        """ "5 will come, 1 will not, 2 not replied yet." """
        said = [one.status for one in self.invitations]
        come, not_come, open_ = (said.count(s) for s in (Reply.ACCEPTED, Reply.DECLINED, Reply.INVITED))
        if self.is_planned:
            return f"{come} will come, {not_come} will not, {open_} not replied yet."
        return f"{come} accepted, {not_come} declined, {open_} did not reply."

    @cached_property
    def items(self) -> list[AgendaItem]:
        rows = AgendaItem.objects.visible_to(self.user).standing().filter(meeting=self.meeting)
        return list(rows.select_related("referral"))

    @cached_property
    def my_pack(self) -> Pack | None:
        return Pack.objects.visible_to(self.user).light().filter(meeting=self.meeting).first()

    @cached_property
    def packs(self) -> list[Pack]:
        """Who has had and read their papers, for those who prepare the meeting."""
        if not self.may_plan:
            return []
        return list(Pack.objects.light().filter(meeting=self.meeting).select_related("person"))

    @property
    def has_unread(self) -> bool:
        pack = self.my_pack
        return pack is not None and pack.state == PackState.READY and pack.read_at is None

    @cached_property
    def minutes(self) -> Any:
        return Minutes.objects.filter(meeting=self.meeting).select_related("approved_in").first()
