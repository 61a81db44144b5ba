"""Letters about the recommendation and the three decisions. One function each."""

from datetime import datetime

from django.utils import timezone

from panel.models import Membership, User
from panel.roles import Role
from rapid_reviews import links
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
SECRET = (DECISION_WANTED,)


def queue_decision_wanted(review: RapidReview, recommendation: Recommendation, *, by: User, now: datetime) -> None:
    """To every Safeguarding Partner who may see the case, with a link of their own for who does not sign in."""
    today = timezone.localdate(now)
    seats = Membership.objects.running_on(today).with_role(Role.SAFEGUARDING_PARTNER).filter(user__is_active=True)
    for seat in seats.select_related("user", "agency"):
        if review.referral.may_be_seen_by(seat.user, on=today):
            url = links.for_decision(recommendation, seat, review, by=by, now=now)
            written = letter(DECISION_WANTED, "your decision is wanted", review, "decision-list", url=url)
            queue_to(written, [seat.user], about=recommendation.pk, now=now)


def queue_partners_differ(review: RapidReview, recommendation: Recommendation, *, now: datetime) -> None:
    written = letter(PARTNERS_DIFFER, "the partners differ, back to the Panel", review, "decision-list")
    queue_to(written, carriers(review, now), about=recommendation.pk, now=now)


def queue_decided(review: RapidReview, recommendation: Recommendation, *, now: datetime) -> None:
    written = letter(DECIDED, "the partners have decided", review)
    queue_to(written, carriers(review, now), about=recommendation.pk, now=now)
