"""Letters about the recommendation and the three decisions. One function each."""

from datetime import datetime

from django.utils import timezone

from panel.people import holders
from panel.roles import Role
from rapid_reviews.emails.base import carriers, letter, queue_to
from rapid_reviews.models import RapidReview, Recommendation

DECISION_WANTED = "rapid-review-decision-wanted"
PARTNERS_DIFFER = "rapid-review-partners-differ"
DECIDED = "rapid-review-decided"

CATALOGUE = (
    (DECISION_WANTED, "Decision wanted", "The Safeguarding Partners", "When the Panel’s recommendation is recorded"),
    (PARTNERS_DIFFER, "The partners differ", "Lead, business manager and chair", "When the third decision differs"),
    (DECIDED, "The partners have decided", "Lead, business manager and chair", "When three partners agree"),
)


def queue_decision_wanted(review: RapidReview, recommendation: Recommendation, *, now: datetime) -> None:
    """To every Safeguarding Partner who may see the case."""
    today = timezone.localdate(now)
    partners = [
        user for user in holders(Role.SAFEGUARDING_PARTNER, on=today) if review.referral.may_be_seen_by(user, on=today)
    ]
    written = letter(DECISION_WANTED, "your decision is wanted", review, "decision-list")
    queue_to(written, partners, about=recommendation.pk, now=now)


def queue_partners_differ(review: RapidReview, recommendation: Recommendation, *, now: datetime) -> None:
    written = letter(PARTNERS_DIFFER, "the partners differ, back to the Panel", review, "decision-list")
    queue_to(written, carriers(review, now), about=recommendation.pk, now=now)


def queue_decided(review: RapidReview, recommendation: Recommendation, *, now: datetime) -> None:
    written = letter(DECIDED, "the partners have decided", review)
    queue_to(written, carriers(review, now), about=recommendation.pk, now=now)
