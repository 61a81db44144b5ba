from referrals.models.access import CaseInvitation, ConflictAnswer, ConflictOfInterest, EmergencyAccess
from referrals.models.case import InvolvedAgency, Referral, ReferralQuerySet, SuspectedHarm
from referrals.models.children import Child, KnownChild
from referrals.models.reference import HarmType, ReferenceCounter
from referrals.models.screening import MisdirectedEnquiry, Screening

__all__ = [
    "CaseInvitation",
    "Child",
    "ConflictAnswer",
    "ConflictOfInterest",
    "EmergencyAccess",
    "HarmType",
    "InvolvedAgency",
    "KnownChild",
    "MisdirectedEnquiry",
    "ReferenceCounter",
    "Referral",
    "ReferralQuerySet",
    "Screening",
    "SuspectedHarm",
]
