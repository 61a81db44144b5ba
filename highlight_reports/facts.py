"""What a report is made of, read from the case tables in a fixed number of queries. Structured fields only: no
narrative about a case is read here, save the reason why something was late."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, When
from django.utils import timezone

from actions.models import Action, Escalation
from actions.states import Status as ActionStatus
from deadlines.models import Clock
from deadlines.working_days import WorkingCalendar
from highlight_reports.names import KnownNames, known_names
from learning.facts import MessageFact, ReviewFact, agreed_messages, considered_reviews, recommended_messages
from meetings.attendance import Attendance as PanelAttendance
from meetings.attendance import attendance
from panel.choices import MeetingStatus
from panel.models import PanelMeeting
from practice_reviews.facts import Standing, running_on
from publications.facts import PublicationFact, planned_on, published_between
from rapid_reviews.models import (
    Attendance,
    NationalReply,
    RapidReview,
    Recommendation,
    ReviewTheme,
    SafeguardingAnswer,
    SafeguardingIssue,
    SharedLearning,
)
from rapid_reviews.states import IssueStatus
from rapid_reviews.states import Status as ReviewStatus
from referrals.choices import Decision, Kind, Route
from referrals.models import MisdirectedEnquiry, Referral, ReferralQuerySet, Screening

MONTHS_OF_CHART = 6
PLAN_DAYS = 60  # calendar days that the forward plan looks ahead: past the next Panel meeting, which is two months off
BY_DATE = ("due_on", "label", "code")
SOON_WORKING_DAYS = 3  # a clock due within so many working days is a risk


@dataclass(frozen=True)
class Period:
    """Whole days of Europe/London, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, date]:
        return self.first, self.last


KINDS = ("Notifications", "Referrals", "Rapid reviews sent")


@dataclass(frozen=True)
class Counted:
    """One case in a column of the activity chart: what about it is counted, and on which day it was."""

    reference: str
    what: str
    on: date


@dataclass(frozen=True)
class Month:
    """One column of the activity chart, its cases by kind (KINDS). The first and last month are cut at the ends of
    what is counted."""

    label: str
    kinds: Sequence[tuple[str, Sequence[Counted]]]


@dataclass(frozen=True)
class IssueCount:
    """Immediate safeguarding issues of one case: raised and answered in the period, and without an answer now."""

    reference: str
    raised: int
    answered: int
    open: int


@dataclass(frozen=True)
class Facts:
    """Everything that `sections` speaks of, as at the day `as_at`."""

    period: Period
    as_at: date
    calendar: WorkingCalendar
    names: KnownNames
    came_in: Sequence[Referral]
    screenings: Sequence[Screening]
    awaiting: Sequence[Recommendation]
    decided: Sequence[RapidReview]
    running: Sequence[RapidReview]
    sent: Sequence[RapidReview]
    withdrawn: Sequence[RapidReview]
    issues: Sequence[IssueCount]
    awaiting_reply: Sequence[RapidReview]
    replies: Sequence[NationalReply]
    enquiries: Sequence[MisdirectedEnquiry]
    turned_away: dict[Route, int]
    redirected: dict[Route, int]
    clocks: Sequence[Clock]
    actions: Sequence[Action]
    escalated: Sequence[Escalation]
    themes: Sequence[ReviewTheme]
    learning: Sequence[SharedLearning]
    recommended: Sequence[Recommendation]
    meetings_held: int
    attendance: PanelAttendance
    commissioned: Sequence[Standing]
    planned: Sequence[PublicationFact]
    published: Sequence[PublicationFact]
    messages_recommended: Sequence[MessageFact]
    messages_agreed: Sequence[MessageFact]
    considered: Sequence[ReviewFact]
    references: frozenset[str]
    months: Sequence[Month]


def gather(period: Period, *, as_at: date, calendar: WorkingCalendar, without: frozenset[str] = frozenset()) -> Facts:
    """Read the facts, as if the cases in `without` (references) did not exist.

    Of a frozen report it is settled later, reader by reader, whose eyes they are for: see `reading`.
    """
    open_ = Referral.objects.exclude(reference__in=without)
    reviews = _reviews(open_)
    enquiries = list(MisdirectedEnquiry.objects.filter(made_at__date__range=period.days).order_by("made_at", "pk"))
    screenings = _screenings(period, open_)
    return Facts(
        period=period,
        as_at=as_at,
        calendar=calendar,
        names=known_names(),
        came_in=_came_in(period, open_),
        screenings=screenings,
        awaiting=_awaiting(open_),
        decided=list(reviews.filter(decided_on__range=period.days).exclude(status=ReviewStatus.WITHDRAWN)),
        running=list(reviews.open().order_by("clock__due_on", "referral__reference")),
        sent=list(reviews.sent_between(*period.days).order_by("sent_on", "referral__reference")),
        withdrawn=list(reviews.filter(status=ReviewStatus.WITHDRAWN, withdrawn_on__range=period.days)),
        issues=_issues(period, open_),
        awaiting_reply=_awaiting_reply(reviews),
        replies=_replies(period, open_),
        enquiries=enquiries,
        turned_away=Counter(Route(one.route) for one in enquiries),
        redirected=Counter(Route(one.route) for one in screenings if one.decision == Decision.REDIRECT),
        clocks=_clocks(without),
        actions=list(_actions(without)),
        escalated=_escalated(without),
        themes=_themes(period.last, open_),
        learning=_learning(period, open_),
        recommended=_recommended(period, open_),
        meetings_held=PanelMeeting.objects.of_panel().filter(status=MeetingStatus.HELD, on__range=period.days).count(),
        attendance=attendance(period.last),
        references=frozenset(open_.recorded().values_list("reference", flat=True)),
        months=_months(period.last, open_),
        **_after_the_decision(period, as_at, open_),
    )


def _after_the_decision(period: Period, as_at: date, cases: Any) -> dict[str, Any]:
    """What follows a decision, as the apps between the rapid review and the report tell it."""
    return {
        "commissioned": running_on(as_at, cases),
        "planned": planned_on(as_at, cases),
        "published": published_between(*period.days, cases),
        "messages_recommended": recommended_messages(),
        "messages_agreed": agreed_messages(*period.days),
        "considered": considered_reviews(*period.days),
    }


def _awaiting_reply(reviews: Any) -> list[RapidReview]:
    waiting = reviews.filter(
        status=ReviewStatus.SENT, reply_clock__completed_on__isnull=True, reply_clock__withdrawn_on__isnull=True
    )
    return list(waiting.order_by("reply_clock__due_on", "referral__reference"))


def _clocks(without: frozenset[str]) -> list[Clock]:
    running = Clock.objects.running().exclude(label__in=without).select_related("rule")
    return list(running.order_by("due_on", "label", "code"))


def _actions(without: frozenset[str]) -> Any:
    found = Action.objects.exclude(referral__reference__in=without).exclude(status=ActionStatus.PROPOSED)
    return found.select_related("owner", "referral").order_by("reference")


def _escalated(without: frozenset[str]) -> list[Escalation]:
    """Those that wait for an answer, the longest first."""
    waiting = Escalation.objects.filter(answered_at__isnull=True, action__in=_actions(without).order_by())
    return list(waiting.select_related("action__owner", "action__referral").order_by("raised_on", "pk"))


def _reviews(cases: ReferralQuerySet) -> Any:
    reviews = RapidReview.objects.filter(referral__in=cases).select_related("referral", "clock", "reply_clock")
    return reviews.order_by("referral__reference")


def _screenings(period: Period, cases: ReferralQuerySet) -> list[Screening]:
    found = Screening.objects.filter(referral__in=cases, screened_at__date__range=period.days)
    return list(found.select_related("referral").order_by("screened_at", "pk"))


def _came_in(period: Period, cases: ReferralQuerySet) -> list[Referral]:
    return list(
        cases.recorded()
        .filter(recorded_at__date__range=period.days)
        .annotate(number_of_children=Count("children"))
        .order_by("recorded_at", "pk")
    )


def _awaiting(cases: ReferralQuerySet) -> list[Recommendation]:
    """The standing recommendations on which the three partners have not settled."""
    return list(
        Recommendation.objects.standing()
        .filter(review__status=ReviewStatus.RECOMMENDED, review__referral__in=cases)
        .select_related("review__referral", "review__clock")
        .prefetch_related(Prefetch("decisions"))
        .order_by("review__clock__due_on", "review__referral__reference")
    )


def _replies(period: Period, cases: ReferralQuerySet) -> list[NationalReply]:
    """What the national Panel wrote in the period about reviews that stand; of its text nothing is read."""
    found = NationalReply.objects.filter(submission__review__referral__in=cases, received_on__range=period.days)
    found = found.exclude(submission__review__status=ReviewStatus.WITHDRAWN)
    return list(found.select_related("submission__review__referral").order_by("received_on", "pk"))


def _themes(last: date, cases: ReferralQuerySet) -> list[ReviewTheme]:
    """What the cases of the twelve months up to `last` have in common."""
    found = ReviewTheme.objects.filter(
        review__referral__in=cases, review__referral__recorded_at__date__range=(_year_before(last), last)
    ).exclude(review__status=ReviewStatus.WITHDRAWN)
    return list(
        found.select_related("theme", "review__referral").order_by("theme__name", "review__referral__reference")
    )


def _year_before(last: date) -> date:
    """The first of the twelve months that end with `last`."""
    return last - relativedelta(years=1) + relativedelta(days=1)


def _learning(period: Period, cases: ReferralQuerySet) -> list[SharedLearning]:
    """What was shared in the period, or should have been by its end. What was learned stands in the case."""
    due = Q(shared_on__range=period.days) | Q(shared_on__isnull=True, due_on__lte=period.last)
    found = SharedLearning.objects.filter(due, review__referral__in=cases, removed_at__isnull=True)
    found = found.exclude(review__status=ReviewStatus.WITHDRAWN)
    return list(found.select_related("review__referral").order_by("due_on", "pk"))


def _recommended(period: Period, cases: ReferralQuerySet) -> list[Recommendation]:
    """What the Panel recommended in the period, in a meeting or by circulation, with who was there."""
    found = Recommendation.objects.filter(
        recorded_at__isnull=False, met_on__range=period.days, review__referral__in=cases
    )
    there = Prefetch("attendances", Attendance.objects.select_related("membership__agency"))
    return list(found.select_related("review__referral").prefetch_related(there).order_by("met_on", "pk"))


def _issues(period: Period, cases: ReferralQuerySet) -> list[IssueCount]:
    """By case, those of which there is something to count. What was raised in error is not counted. One query."""
    raised_in = Q(raised_at__date__range=period.days)
    in_period = SafeguardingAnswer.objects.filter(issue=OuterRef("pk"), answered_at__date__range=period.days)
    rows = (
        SafeguardingIssue.objects.filter(review__referral__in=cases)
        .exclude(status=IssueStatus.WITHDRAWN)
        .annotate(is_answered=Exists(in_period), is_raised=Case(When(raised_in, then=True), default=False))
        .order_by("review__referral__reference")
    )
    counts: dict[str, list[int]] = {}
    for row in rows.select_related("review__referral"):
        count = counts.setdefault(row.review.referral.reference, [0, 0, 0])
        for place, counts_here in enumerate((row.is_raised, row.is_answered, row.is_unanswered)):
            count[place] += bool(counts_here)
    return [IssueCount(reference, *count) for reference, count in counts.items() if any(count)]


def _months(last: date, cases: ReferralQuerySet) -> list[Month]:
    """The six months that end with the one of `last`, counted up to `last`."""
    starts = [last.replace(day=1) - relativedelta(months=n) for n in reversed(range(MONTHS_OF_CHART))]
    span = (starts[0], last)
    counted: dict[tuple[date, str], list[Counted]] = {}
    for reference, kind, at in (
        cases.recorded()
        .filter(recorded_at__date__range=span)
        .order_by("recorded_at", "pk")
        .values_list("reference", "kind", "recorded_at")
    ):
        day, name = timezone.localdate(at), KINDS[0] if kind == Kind.SIN else KINDS[1]
        counted.setdefault((day.replace(day=1), name), []).append(Counted(reference, Kind(kind).label, day))
    reviews = RapidReview.objects.sent_between(*span).filter(referral__in=cases).order_by("sent_on", "pk")
    for reference, day in reviews.values_list("referral__reference", "sent_on"):
        counted.setdefault((day.replace(day=1), KINDS[2]), []).append(Counted(reference, "Rapid review sent", day))
    return [Month(f"{start:%b %Y}", [(name, counted.get((start, name), ())) for name in KINDS]) for start in starts]
