"""A circulation before and while it runs: whom it asks, by when, and how it stands (reads only)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from deadlines.models import Clock
from deadlines.working_days import WorkingCalendar
from panel.models import Membership
from panel.roles import HAVE_DEPUTIES, Role
from rapid_reviews.choices import Answer
from rapid_reviews.models import Circulation, CirculationAnswer, RapidReview
from rapid_reviews.quorum import Quorum, quorum_of_partners, represented_by
from referrals.models import Referral

DAYS = 1  # working days between the answers and the milestone of the meeting: local practice, to be confirmed


def walled(referral: Referral, on: date) -> set[int]:
    return {conflict.member_id for conflict in referral.conflicts.all() if conflict.runs_on(on)}


def asked(referral: Referral, on: date) -> list[Membership]:
    """Every member without a conflict in the case; for a member with one their named deputy. One query."""
    walls = walled(referral, on)
    seats = (
        Membership.objects.running_on(on)
        .with_role(*HAVE_DEPUTIES, Role.NAMED_DEPUTY)
        .filter(user__is_active=True)
        .select_related("user", "agency", "deputy_for__user", "deputy_for__agency")
        .order_by("user__name", "pk")
    )
    found: dict[int, Membership] = {}
    for seat in seats:
        acts = seat.deputy_for is not None and seat.deputy_for.user_id in walls
        if seat.user_id not in walls and (seat.role in HAVE_DEPUTIES or acts):
            found.setdefault(seat.user_id, seat)  # one answer a person
    return list(found.values())


def to_call_in(circulation: Circulation, referral: Referral, on: date) -> list[Membership]:
    """Deputies who act since a member has a conflict, and who are not among those asked. Two queries."""
    there = set(circulation.answers.values_list("membership__user", flat=True))
    return [seat for seat in asked(referral, on) if seat.role == Role.NAMED_DEPUTY and seat.user_id not in there]


def deputy_of(seat: Membership, referral: Referral, on: date) -> Membership | None:
    """Who may answer for a member who is away: their named deputy, without a conflict in the case."""
    deputies = Membership.objects.running_on(on).filter(deputy_for=seat, user__is_active=True)
    found: Membership | None = deputies.exclude(user__in=walled(referral, on)).select_related("user", "agency").first()
    return found


def default_due(review: RapidReview, milestone: Clock | None, *, on: date, calendar: WorkingCalendar) -> date:
    """Working days before the milestone of the meeting while that lies ahead, else what the statutory date leaves."""
    wanted = [review.clock.due_on]
    if milestone is not None and milestone.is_running:
        wanted = [calendar.back(milestone.due_on, DAYS), milestone.due_on, *wanted]
    return next((day for day in wanted if day > on), max(on, review.clock.due_on))


def answers_of(circulation: Circulation) -> list[CirculationAnswer]:
    """Who was asked, with everything that a page or the quorum needs to know of them. One query."""
    return list(
        circulation.answers.select_related(
            "membership__user", "membership__agency", "membership__deputy_for__agency", "handed_to__user"
        )
    )


@dataclass(frozen=True)
class Standing:
    """How a circulation stands. Who has a conflict by now is not waited for, and their answer does not count; nor is
    who has handed it to their deputy."""

    rows: Sequence[CirculationAnswer]
    walls: frozenset[int]

    @property
    def counted(self) -> list[CirculationAnswer]:
        return [row for row in self.rows if row.membership.user_id not in self.walls and row.handed_at is None]

    @property
    def waiting(self) -> list[CirculationAnswer]:
        return [row for row in self.counted if not row.answer]

    @property
    def quorum(self) -> Quorum:
        """On the answers given: to abstain is to take part."""
        seats = [row.membership for row in self.counted if row.answer]
        return quorum_of_partners(set(represented_by(seats, self.walls)))

    @property
    def sentence(self) -> str:
        """ "5 of 7 have answered: 4 agree, 1 disagrees, nobody abstains." """
        given = [row.answer for row in self.counted if row.answer]
        agree, disagree, abstain = (given.count(answer) for answer in Answer)
        return (
            f"{len(given)} of {len(self.counted)} have answered: {agree} agree, {disagree} disagree, {abstain} abstain."
        )


def standing(rows: Iterable[CirculationAnswer], referral: Referral, on: date) -> Standing:
    return Standing(list(rows), frozenset(walled(referral, on)))
