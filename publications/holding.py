"""Parallel proceedings that hold a publication back."""

from practice_reviews.models import PracticeReview


def holding_sentences(review: PracticeReview) -> list[str]:
    """One sentence for each set of proceedings of the review that publication waits for."""
    return []
