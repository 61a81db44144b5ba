from practice_reviews.models.chasing import FactCheckStep, FactCheckTold
from practice_reviews.models.drafts import Draft, DraftComment, FactCheck
from practice_reviews.models.family import FamilyContact, FamilyMember
from practice_reviews.models.practitioners import EventAgency, PractitionerEvent
from practice_reviews.models.proceedings import ParallelProceeding
from practice_reviews.models.review import PracticeReview, PracticeReviewQuerySet
from practice_reviews.models.signing import PartnerAgreement, SignOff

__all__ = [
    "Draft",
    "DraftComment",
    "EventAgency",
    "FactCheck",
    "FactCheckStep",
    "FactCheckTold",
    "FamilyContact",
    "FamilyMember",
    "ParallelProceeding",
    "PartnerAgreement",
    "PracticeReview",
    "PracticeReviewQuerySet",
    "PractitionerEvent",
    "SignOff",
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
