"""A rapid review whole: its sections, criteria, recommendations and the three partners' decisions."""

from rapid_reviews.models.beside import Assignment, Comment, Look
from rapid_reviews.models.bundles import Bundle, SafeCopy
from rapid_reviews.models.circulation import Circulation, CirculationAnswer
from rapid_reviews.models.criteria import CriterionAnswer
from rapid_reviews.models.decisions import PartnerDecision, PartnersResolution
from rapid_reviews.models.enquiries import AskedAgency, Audience, Dissent, KeyLineOfEnquiry, RecommendedAudience
from rapid_reviews.models.evidence import Evidence, EvidenceLink
from rapid_reviews.models.recommending import Attendance, Recommendation
from rapid_reviews.models.reports import ReviewReport
from rapid_reviews.models.review import RapidReview
from rapid_reviews.models.safeguarding import (
    ConcernedChild,
    IssueNotice,
    SafeguardingAnswer,
    SafeguardingIssue,
    SafeguardingTimes,
)
from rapid_reviews.models.sections import Section
from rapid_reviews.models.sending import NationalReply, Submission
from rapid_reviews.models.structured import EpisodeAnalysis, Proceeding, SharedLearning
from rapid_reviews.models.themes import ReviewTheme, Theme

__all__ = [
    "AskedAgency",
    "Assignment",
    "Attendance",
    "Audience",
    "Bundle",
    "Circulation",
    "CirculationAnswer",
    "Comment",
    "ConcernedChild",
    "CriterionAnswer",
    "Dissent",
    "EpisodeAnalysis",
    "Evidence",
    "EvidenceLink",
    "IssueNotice",
    "KeyLineOfEnquiry",
    "Look",
    "NationalReply",
    "PartnerDecision",
    "PartnersResolution",
    "Proceeding",
    "RapidReview",
    "Recommendation",
    "RecommendedAudience",
    "ReviewReport",
    "ReviewTheme",
    "SafeCopy",
    "SafeguardingAnswer",
    "SafeguardingIssue",
    "SafeguardingTimes",
    "Section",
    "SharedLearning",
    "Submission",
    "Theme",
]
