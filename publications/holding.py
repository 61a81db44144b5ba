"""Parallel proceedings that hold a publication back."""

from practice_reviews.facts import holding_publication
from practice_reviews.models import PracticeReview


def holding_sentences(review: PracticeReview) -> list[str]:
    """One sentence for each open set of proceedings of the review that publication waits for. One query."""
    return [
        f"Publication waits for parallel proceedings: {row.get_kind_display().lower()}."
        for row in holding_publication(review)
    ]
