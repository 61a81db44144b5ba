from practice_reviews.models.review import PracticeReview, PracticeReviewQuerySet

__all__ = ["PracticeReview", "PracticeReviewQuerySet"]
