"""A commissioned review whole: scope, reviewer, panel, milestones, letters, requests to one agency; and what
runs beside it: family, events, proceedings, drafts, sign-off."""

from practice_reviews.models.asking import AgencyAsk, AskNotice, AskTimes
from practice_reviews.models.chasing import FactCheckStep, FactCheckTold
from practice_reviews.models.drafts import Draft, DraftComment, FactCheck
from practice_reviews.models.family import FamilyContact, FamilyMember
from practice_reviews.models.milestones import Milestone, MilestoneStep
from practice_reviews.models.panel import ReviewMeeting, ReviewMember
from practice_reviews.models.practitioners import EventAgency, PractitionerEvent
from practice_reviews.models.proceedings import ParallelProceeding
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview, PracticeReviewQuerySet, ReviewNumber
from practice_reviews.models.reviewers import Declaration, Reviewer, ReviewerRequest
from practice_reviews.models.scope import Enquiry, ScopeAgency, ScopeChild
from practice_reviews.models.signing import PartnerAgreement, SignOff
from practice_reviews.models.telling import BodyLetter, DelayNotice

__all__ = [
    "AgencyAsk",
    "AskNotice",
    "AskTimes",
    "BodyLetter",
    "Declaration",
    "DelayNotice",
    "Draft",
    "DraftComment",
    "Enquiry",
    "EventAgency",
    "FactCheck",
    "FactCheckStep",
    "FactCheckTold",
    "FamilyContact",
    "FamilyMember",
    "Milestone",
    "MilestoneStep",
    "OfReviewQuerySet",
    "ParallelProceeding",
    "PartnerAgreement",
    "PracticeReview",
    "PracticeReviewQuerySet",
    "PractitionerEvent",
    "ReviewMeeting",
    "ReviewMember",
    "ReviewNumber",
    "Reviewer",
    "ReviewerRequest",
    "ScopeAgency",
    "ScopeChild",
    "SignOff",
]
