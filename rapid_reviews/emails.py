"""The letters of a rapid review: short, nameless, with the neutral reference and a link. One function each."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from core.letters import Letter
from deadlines.quiet import send_at
from notifications.workflow import queue
from panel.models import User
from panel.people import holders
from panel.roles import Role
from rapid_reviews.models import RapidReview, Recommendation
from referrals.emails import case_letter
from referrals.people import recipients

DECISION_WANTED = "rapid-review-decision-wanted"
PARTNERS_DIFFER = "rapid-review-partners-differ"
DECIDED = "rapid-review-decided"
SENT = "rapid-review-sent"
WITHDRAWN = "rapid-review-withdrawn"

CATALOGUE = (
    (DECISION_WANTED, "Decision wanted", "The Safeguarding Partners", "When the Panel’s recommendation is recorded"),
    (PARTNERS_DIFFER, "The partners differ", "Lead, business manager and chair", "When the third decision differs"),
    (DECIDED, "The partners have decided", "Lead, business manager and chair", "When three partners agree"),
    (SENT, "Rapid review sent", "Lead, business manager and chair", "When it is recorded as sent"),
    (WITHDRAWN, "Rapid review withdrawn", "Lead, business manager and chair", "When the criteria are found not met"),
)


def _letter(kind: str, subject: str, review: RapidReview, page: str = "review-workspace") -> Letter:
    reference = review.referral.reference
    return case_letter(
        kind,
        reference=reference,
        subject=subject,
        template=f"emails/rapid_reviews/{kind.removeprefix('rapid-review-').replace('-', '_')}.txt",
        path=reverse(f"rapid_reviews:{page}", kwargs={"reference": reference}),
        review=review,
    )


def _queue(letter: Letter, people: Iterable[User], *, about: int, now: datetime) -> None:
    for person in people:
        queue(letter, key=f"{letter.kind}:{about}:{person.pk}", to=person, not_before=send_at(now))


def _carriers(review: RapidReview, now: datetime) -> list[User]:
    """Lead, business manager and chair of the case, each once; the case's walls are applied below."""
    people = recipients(review.referral, timezone.localdate(now))
    found = {user.pk: user for level in ("lead", "business_manager", "chair") for user in people[level]}
    return list(found.values())


def queue_decision_wanted(review: RapidReview, recommendation: Recommendation, *, now: datetime) -> None:
    """To every Safeguarding Partner who may see the case."""
    today = timezone.localdate(now)
    partners = [
        user for user in holders(Role.SAFEGUARDING_PARTNER, on=today) if review.referral.may_be_seen_by(user, on=today)
    ]
    letter = _letter(DECISION_WANTED, "your decision is wanted", review, "decision-list")
    _queue(letter, partners, about=recommendation.pk, now=now)


def queue_partners_differ(review: RapidReview, recommendation: Recommendation, *, now: datetime) -> None:
    letter = _letter(PARTNERS_DIFFER, "the partners differ, back to the Panel", review, "decision-list")
    _queue(letter, _carriers(review, now), about=recommendation.pk, now=now)


def queue_decided(review: RapidReview, recommendation: Recommendation, *, now: datetime) -> None:
    letter = _letter(DECIDED, "the partners have decided", review)
    _queue(letter, _carriers(review, now), about=recommendation.pk, now=now)


def queue_sent(review: RapidReview, *, now: datetime) -> None:
    letter = _letter(SENT, "sent to the national Panel", review)
    _queue(letter, _carriers(review, now), about=review.pk, now=now)


def queue_withdrawn(review: RapidReview, *, now: datetime) -> None:
    letter = _letter(WITHDRAWN, "the rapid review was withdrawn", review)
    _queue(letter, _carriers(review, now), about=review.pk, now=now)
