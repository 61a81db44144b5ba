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
]
