"""A rapid review whole: its sections, criteria, recommendations and the three partners' decisions."""

from rapid_reviews.models.criteria import CriterionAnswer
from rapid_reviews.models.decisions import PartnerDecision
from rapid_reviews.models.recommending import Attendance, Recommendation
from rapid_reviews.models.reports import ReviewReport
from rapid_reviews.models.review import RapidReview
from rapid_reviews.models.sections import Section
from rapid_reviews.models.sending import NationalReply, Submission

__all__ = [
    "Attendance",
    "CriterionAnswer",
    "NationalReply",
    "PartnerDecision",
    "RapidReview",
    "Recommendation",
    "ReviewReport",
    "Section",
    "Submission",
]
