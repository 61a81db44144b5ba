"""Who is in the room, whom they represent, and who may not take part in an item (reads only)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from meetings.models import AgendaItem, ItemConflict, Presence
from meetings.people import may_attend
from panel.models import Membership, PanelMeeting
from rapid_reviews.choices import PARTNERS
from rapid_reviews.quorum import Quorum, quorum_of_partners, represented_by
from referrals.models import ConflictOfInterest


@dataclass(frozen=True)
class Seat:
    """One seat of the roll, and whether it is taken now."""

    membership: Membership
    presence: Presence | None
    represents: str = ""

    @property
    def is_here(self) -> bool:
        return self.presence is not None and self.presence.is_here

    @property
    def sent_apologies(self) -> bool:
        return self.presence is not None and self.presence.came_at is None


class Room:
    """Everybody who may attend a meeting. Two queries."""

    def __init__(self, meeting: PanelMeeting) -> None:
        self.meeting = meeting
        self.roll = may_attend(meeting)

    @cached_property
    def presences(self) -> dict[int, Presence]:
        return {row.membership_id: row for row in Presence.objects.filter(meeting=self.meeting)}

    @cached_property
    def here(self) -> list[Membership]:
        return [seat for seat in self.roll if seat.pk in self.presences and self.presences[seat.pk].is_here]

    def quorum(self, conflicted: Collection[int] = ()) -> Quorum:
        """Of those who are here now, without the people who have a conflict."""
        return quorum_of_partners(set(represented_by(self.here, conflicted)))

    @cached_property
    def seats(self) -> list[Seat]:
        stand = dict(zip([seat.pk for seat in self.here], represented_by(self.here, ()), strict=True))
        return [Seat(seat, self.presences.get(seat.pk), stand.get(seat.pk, "")) for seat in self.roll]

    @property
    def partners(self) -> list[tuple[str, list[str]]]:
        """Each Safeguarding Partner, and who represents it now."""
        return [
            (partner.label, [seat.membership.user.name for seat in self.seats if seat.represents == partner])
            for partner in PARTNERS
        ]


def walled(item: AgendaItem) -> set[int]:
    """The ids of the people to whom the item's case is closed on the day of the meeting."""
    if item.referral_id is None:
        return set()
    running = ConflictOfInterest.running(item.meeting.on)
    return set(ConflictOfInterest.objects.filter(running, referral=item.referral_id).values_list("member", flat=True))


def conflicts_of(item: AgendaItem) -> list[ItemConflict]:
    return list(item.conflicts.select_related("membership__user", "membership__agency"))


@dataclass(frozen=True)
class Standing:
    """How an item stands: whom a conflict keeps out, who of them is in the room still, and the quorum without them."""

    room: Room
    said: Sequence[ItemConflict]
    walls: frozenset[int]

    @property
    def out(self) -> frozenset[int]:
        """The ids of the people who take no part."""
        return self.walls | {row.membership.user_id for row in self.said}

    @property
    def must_leave(self) -> list[Membership]:
        """Who is here, has a conflict, and did not leave; one seat a person."""
        left = {row.membership.user_id for row in self.said if row.left_at is not None}
        found = {seat.user_id: seat for seat in self.room.here if seat.user_id in self.out - left}
        return list(found.values())

    @property
    def quorum(self) -> Quorum:
        return self.room.quorum(self.out)


def standing(item: AgendaItem, room: Room | None = None) -> Standing:
    return Standing(room or Room(item.meeting), conflicts_of(item), frozenset(walled(item)))
