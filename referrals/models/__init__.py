from referrals.models.access import CaseInvitation, ConflictAnswer, ConflictOfInterest, EmergencyAccess
from referrals.models.case import InvolvedAgency, Referral, ReferralQuerySet, SuspectedHarm
from referrals.models.children import Child, KnownChild
from referrals.models.links import CaseLink, NameKey
from referrals.models.outside import OutsideReferral
from referrals.models.people import RelatedChild, RelatedPerson
from referrals.models.reference import HarmType, ReferenceCounter, SheetPart
from referrals.models.screening import MisdirectedEnquiry, Screening

__all__ = [
    "CaseInvitation",
    "CaseLink",
    "Child",
    "ConflictAnswer",
    "ConflictOfInterest",
    "EmergencyAccess",
    "HarmType",
    "InvolvedAgency",
    "KnownChild",
    "MisdirectedEnquiry",
    "NameKey",
    "OutsideReferral",
    "ReferenceCounter",
    "Referral",
    "ReferralQuerySet",
    "RelatedChild",
    "RelatedPerson",
    "Screening",
    "SheetPart",
    "SuspectedHarm",
]
