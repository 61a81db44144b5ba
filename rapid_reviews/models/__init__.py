"""A rapid review whole: its sections, criteria, recommendations and the three partners' decisions."""

from rapid_reviews.models.criteria import CriterionAnswer
from rapid_reviews.models.decisions import PartnerDecision
from rapid_reviews.models.recommending import Attendance, Recommendation
from rapid_reviews.models.review import RapidReview
from rapid_reviews.models.safeguarding import (
    ConcernedChild,
    IssueNotice,
    SafeguardingAnswer,
    SafeguardingIssue,
    SafeguardingTimes,
)
from rapid_reviews.models.sections import Section

__all__ = [
    "Attendance",
    "ConcernedChild",
    "CriterionAnswer",
    "IssueNotice",
    "PartnerDecision",
    "RapidReview",
    "Recommendation",
    "SafeguardingAnswer",
    "SafeguardingIssue",
    "SafeguardingTimes",
    "Section",
]
