"""A commissioned review whole: its scope, reviewer, panel, milestones, letters, and what is asked of one agency."""

from practice_reviews.models.asking import AgencyAsk, AskNotice, AskTimes
from practice_reviews.models.milestones import Milestone, MilestoneStep
from practice_reviews.models.panel import ReviewMeeting, ReviewMember
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview, PracticeReviewQuerySet, ReviewNumber
from practice_reviews.models.reviewers import Declaration, Reviewer, ReviewerRequest
from practice_reviews.models.scope import Enquiry, ScopeAgency, ScopeChild
from practice_reviews.models.telling import BodyLetter, DelayNotice

__all__ = [
    "AgencyAsk",
    "AskNotice",
    "AskTimes",
    "BodyLetter",
    "Declaration",
    "DelayNotice",
    "Enquiry",
    "Milestone",
    "MilestoneStep",
    "OfReviewQuerySet",
    "PracticeReview",
    "PracticeReviewQuerySet",
    "ReviewMeeting",
    "ReviewMember",
    "ReviewNumber",
    "Reviewer",
    "ReviewerRequest",
    "ScopeAgency",
    "ScopeChild",
]
