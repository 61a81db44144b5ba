"""Who carries a review, who chairs and who is the Executive, with the walls of its case where it has one."""

from datetime import date

from panel.models import User
from panel.people import holders
from panel.roles import Role
from practice_reviews.models import PracticeReview
from referrals.people import recipients


def people_of(review: PracticeReview, on: date) -> dict[str, list[User]]:
    """{"business_manager": […], "chair": […], "executive": […]} on the day `on`."""
    if review.referral is not None:
        return recipients(review.referral, on)
    chair = list(holders(Role.CHAIR, on=on)) or list(holders(Role.DEPUTY_CHAIR, on=on))
    return {
        "business_manager": list(holders(Role.BUSINESS_MANAGER, on=on)) or chair,
        "chair": chair,
        "executive": list(holders(Role.SAFEGUARDING_PARTNER, on=on)),
    }


def carriers(review: PracticeReview, on: date) -> list[User]:
    """Business manager and chair, each once."""
    people = people_of(review, on)
    return list({user.pk: user for level in ("business_manager", "chair") for user in people[level]}.values())
