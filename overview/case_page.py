"""One case on one screen: what happened, whose move, which day, what is missing, what happened last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse

from audit.models import Event
from audit.sentences import READ
from deadlines import calendar
from deadlines.choices import Limit
from deadlines.explain import compute
from deadlines.models import Clock, Rule
from overview import next_steps
from overview.next_steps import Step
from panel.models import User
from practice_reviews.models import PracticeReview
from practice_reviews.states import Status as ReviewStatus
from publications.standing import whose_move
from rapid_reviews import readiness
from rapid_reviews.contents import Contents, contents_of
from rapid_reviews.models import RapidReview
from rapid_reviews.readiness import Blocker
from rapid_reviews.workflow.opening import RULE as REVIEW_RULE
from referrals.choices import Precision
from referrals.models import Child, Referral
from referrals.states import AWAITING_SCREENING, Status

LOOK = timedelta(minutes=30)  # going to and fro between the pages of a case is one look, not many
SHOWN = 6  # missing things on the page
LATEST = 5  # events on the page; the history has the rest
INCIDENT_FORMATS = {Precision.MONTH: "%B %Y", Precision.YEAR: "%Y"}


@dataclass(frozen=True)
class Commissioned:
    """A commissioned review of the case, and whose move it is."""

    review: PracticeReview
    whose_move: str


@dataclass(frozen=True)
class CasePage:
    """What the page shows to one person on one day."""

    referral: Referral
    user: User
    today: date
    now: datetime

    @cached_property
    def review(self) -> RapidReview | None:
        review: RapidReview | None = getattr(self.referral, "rapid_review", None)
        return review

    @cached_property
    def contents(self) -> Contents | None:
        return contents_of(self.review) if self.review and self.review.is_open else None

    @property
    def whose_move(self) -> str:
        stands = self.review is not None and (self.review.is_open or self.review.is_sent)
        return self.review.whose_move if self.review and stands else self.referral.whose_move

    @cached_property
    def commissioned(self) -> list[Commissioned]:
        """The reviews that were commissioned of this case, but those that were stopped."""
        found = PracticeReview.objects.filter(referral=self.referral).exclude(status=ReviewStatus.STOPPED)
        return [
            Commissioned(review, whose_move(review)) for review in found.select_related("publication").order_by("pk")
        ]

    @cached_property
    def clocks(self) -> list[Clock]:
        """Every statutory clock of the case: notification, rapid review, commissioned reviews, publication."""
        found = Clock.objects.main().filter(label=self.referral.reference).select_related("rule")
        return list(found.order_by("due_on", "pk"))

    @cached_property
    def main_clock(self) -> Clock | None:
        """The clock that the page leads with: the rapid review's while it runs, else the next; our own duties first."""
        running = [clock for clock in self.clocks if clock.is_running]
        of_review = self.review.clock_id if self.review else None
        return min(running, key=lambda c: (c.pk != of_review, c.limit != Limit.BY, c.due_on), default=None)

    @property
    def other_clocks(self) -> list[Clock]:
        return [clock for clock in self.clocks if clock != self.main_clock]

    @property
    def milestones(self) -> Sequence[Clock]:
        if self.contents is None or self.review is None or self.main_clock != self.review.clock:
            return []
        return self.contents.milestones

    @cached_property
    def missing(self) -> list[Blocker]:
        """What keeps the case from its next step, each with the page on which it is mended."""
        if self.referral.status in AWAITING_SCREENING:
            url = reverse("referrals:referral-screen", args=[self.referral.reference])
            return [Blocker("the screening: harm, abuse or neglect, where it happened, and the outcome", url)]
        if self.contents is None:
            return []
        return readiness.before_sending(self.contents, reader=self.user, on=self.today)

    @property
    def shown(self) -> list[Blocker]:
        """The first of what is missing; the rapid review's own page lists all."""
        return self.missing[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.missing) - len(self.shown)

    @cached_property
    def review_would_be_due(self) -> date | None:
        """Before the rapid review is opened: when it will be due, since its days run from the notification."""
        notified_on = self.referral.notified_on
        if notified_on is None or self.referral.status not in AWAITING_SCREENING | {Status.ACCEPTED}:
            return None
        return compute(Rule.objects.for_trigger(REVIEW_RULE, notified_on), notified_on, calendar.current()).due

    @cached_property
    def step(self) -> Step | None:
        return next_steps.for_person(self.user, self.referral, self.contents, on=self.today)

    @cached_property
    def children(self) -> list[Child]:
        return list(self.referral.children.all())

    @cached_property
    def agencies(self) -> list[str]:
        return [str(involved.agency) for involved in self.referral.involved_agencies.select_related("agency")]

    @cached_property
    def harms(self) -> list[str]:
        named = [str(harm.harm_type) for harm in self.referral.suspected_harms.select_related("harm_type")]
        return [*named, self.referral.harm_other] if self.referral.harm_other else named

    @property
    def incident(self) -> str:
        """When it happened, as precisely as it is known."""
        day, precision = self.referral.incident_on, self.referral.incident_precision
        if day is None:
            return ""
        if precision in INCIDENT_FORMATS:
            return day.strftime(INCIDENT_FORMATS[Precision(precision)])
        return f"{'about ' if precision == Precision.ABOUT else ''}{day.day} {day:%B %Y}"

    @cached_property
    def latest(self) -> list[Event]:
        return list(Event.objects.about(self.referral.reference).exclude(verb=READ)[:LATEST])

    @cached_property
    def last_look(self) -> datetime | None:
        """When this person last read the case, before the look that is going on."""
        return (
            Event.objects.about(self.referral.reference)
            .filter(actor=self.user, verb=READ, at__lt=self.now - LOOK)
            .values_list("at", flat=True)
            .first()
        )

    @cached_property
    def since(self) -> list[Event]:
        """What others did since then, newest first. The system counts as another."""
        if self.last_look is None:
            return []
        by_me: dict[str, Any] = {"actor": self.user}
        events = Event.objects.about(self.referral.reference).filter(at__gt=self.last_look)
        return list(events.exclude(verb=READ).exclude(**by_me))
