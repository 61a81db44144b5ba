"""A rapid review whole: its sections, criteria, recommendations and the three partners' decisions."""

from rapid_reviews.models.bundles import Bundle, SafeCopy
from rapid_reviews.models.criteria import CriterionAnswer
from rapid_reviews.models.decisions import PartnerDecision
from rapid_reviews.models.evidence import Evidence, EvidenceLink
from rapid_reviews.models.recommending import Attendance, Recommendation
from rapid_reviews.models.review import RapidReview
from rapid_reviews.models.sections import Section
from rapid_reviews.models.themes import ReviewTheme, Theme

__all__ = [
    "Attendance",
    "Bundle",
    "CriterionAnswer",
    "Evidence",
    "EvidenceLink",
    "PartnerDecision",
    "RapidReview",
    "Recommendation",
    "ReviewTheme",
    "SafeCopy",
    "Section",
    "Theme",
]
