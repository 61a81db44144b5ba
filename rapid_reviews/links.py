"""The links by which a partner decides and a member answers without signing in, and what each leads to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from access_links import workflow as access
from access_links.models import AccessLink
from access_links.purposes import Purpose
from panel.models import Membership, User
from rapid_reviews.models import CirculationAnswer, RapidReview, Recommendation
from rapid_reviews.states import Status

DECISION, ANSWER = "partner-decision", "circulation-answer"
LIFETIME = timedelta(days=90)  # after the statutory date, unless the review goes on sooner


@dataclass(frozen=True)
class Errand:
    """What one link asks of one person."""

    review: RapidReview
    recommendation: Recommendation
    seat: Membership
    row: CirculationAnswer | None = None

    @property
    def person(self) -> User:
        return self.seat.user

    def is_wanted(self, on: date) -> bool:
        """Whether the person still has the seat and sees the case, and the review still waits or just went on."""
        statuses = (Status.RECOMMENDED, Status.DECIDED) if self.row is None else (Status.CIRCULATED,)
        return (
            self.review.status in statuses
            and self.recommendation.reopened_at is None
            and (self.row is None or self.row.circulation.ended_by_id is None)
            and self.seat.runs_on(on)
            and self.review.referral.may_be_seen_by(self.person, on=on)
        )


def decision_subject(recommendation: Recommendation, seat: Membership) -> str:
    return f"{DECISION}:{recommendation.pk}:{seat.pk}"


def _decision(link: AccessLink) -> Errand | None:
    _, recommendation_pk, seat_pk = link.subject.split(":")
    recommendation = (
        Recommendation.objects.select_related("review__referral", "review__clock").filter(pk=recommendation_pk).first()
    )
    seat = Membership.objects.select_related("user", "agency").filter(pk=seat_pk).first()
    if recommendation is None or seat is None:
        return None
    return Errand(recommendation.review, recommendation, seat)


def _answer(link: AccessLink) -> Errand | None:
    rows = CirculationAnswer.objects.select_related(
        "circulation__recommendation__review__referral",
        "circulation__recommendation__review__clock",
        "membership__user",
        "membership__agency",
        "handed_to__user",
    )
    row = rows.filter(pk=link.subject.rpartition(":")[2]).first()
    if row is None:
        return None
    recommendation = row.circulation.recommendation
    return Errand(recommendation.review, recommendation, row.membership, row)


def errand_of(link: AccessLink) -> Errand | None:
    return _decision(link) if link.purpose == DECISION else _answer(link)


def wanted(link: AccessLink) -> bool:
    """A link ends with its errand, and for its reader with their seat, their account or a wall."""
    errand = errand_of(link)
    return errand is not None and errand.is_wanted(timezone.localdate())


def _issue(purpose: str, subject: str, person: User, review: RapidReview, *, by: User | None, now: datetime) -> str:
    """A new link in the form in which it stands in the mail."""
    ends_on = max(review.clock.due_on, timezone.localdate(now)) + LIFETIME
    _, token = access.issue(
        purpose=purpose,
        subject=subject,
        address=person.email,
        reference=review.referral.reference,
        expires_at=timezone.make_aware(datetime.combine(ends_on, time())),
        now=now,
        by=by,
    )
    return f"{settings.SITE_URL}{reverse('access_links:link', args=[token])}"


def for_decision(
    recommendation: Recommendation, seat: Membership, review: RapidReview, *, by: User | None, now: datetime
) -> str:
    return _issue(DECISION, decision_subject(recommendation, seat), seat.user, review, by=by, now=now)


def for_answer(row: CirculationAnswer, review: RapidReview, *, by: User | None, now: datetime) -> str:
    return _issue(ANSWER, row.subject, row.membership.user, review, by=by, now=now)


def _home(name: str) -> Callable[[str], str]:
    return lambda token: reverse(f"rapid_reviews:{name}", args=[token])


PURPOSES = (
    Purpose(code=DECISION, title="Decide as a Safeguarding Partner", home=_home("link-decision"), wanted=wanted),
    Purpose(code=ANSWER, title="Answer what the Panel recommends", home=_home("link-answer"), wanted=wanted),
)
