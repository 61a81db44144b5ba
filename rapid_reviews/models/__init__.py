"""A rapid review whole: its sections, criteria, recommendations and the three partners' decisions."""

from rapid_reviews.models.circulation import Circulation, CirculationAnswer
from rapid_reviews.models.criteria import CriterionAnswer
from rapid_reviews.models.decisions import PartnerDecision, PartnersResolution
from rapid_reviews.models.enquiries import (
    AskedAgency,
    Audience,
    Dissent,
    KeyLineOfEnquiry,
    RecommendedAudience,
)
from rapid_reviews.models.recommending import Attendance, Recommendation
from rapid_reviews.models.review import RapidReview
from rapid_reviews.models.sections import Section

__all__ = [
    "AskedAgency",
    "Attendance",
    "Audience",
    "Circulation",
    "CirculationAnswer",
    "CriterionAnswer",
    "Dissent",
    "KeyLineOfEnquiry",
    "PartnerDecision",
    "PartnersResolution",
    "RapidReview",
    "Recommendation",
    "RecommendedAudience",
    "Section",
]
