"""The immediate learning of a rapid review, from which learning points may be made without typing it again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from chronology.names import People
from rapid_reviews.models import RapidReview, SharedLearning
from referrals.models import Referral


@dataclass(frozen=True)
class Immediate:
    """One line of the rapid review's section, by pseudonym whoever reads it."""

    key: str
    message: str
    audience: str
    shared_on: date | None


def rapid_review_of(referral: Referral) -> RapidReview | None:
    """For whoever sees the case; None where there is no rapid review yet."""
    return RapidReview.objects.filter(referral=referral).select_related("referral").first()


def immediate(review: RapidReview) -> list[Immediate]:
    """The lines that were not taken out again, however many in the same queries."""
    people = People(review.referral, with_names=False)
    return [
        Immediate(str(row.uuid), people.text(row.message), people.text(row.audience), row.shared_on)
        for row in SharedLearning.objects.filter(review=review, removed_at__isnull=True)
    ]


def beginning(review: RapidReview, key: str) -> dict[str, Any]:
    """Initial values of a new point: the themes of the review, and the line that the address names."""
    themes = [row.theme_id for row in review.review_themes.all()]
    text = next((line.message for line in immediate(review) if line.key == key), "") if key else ""
    return {"themes": themes, "text": text}
