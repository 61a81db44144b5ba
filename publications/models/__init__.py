from publications.models.after import AuthorityComment, PublicPage, WatchedAddress, Withholding
from publications.models.agreeing import MediaStrategy, PartnerAgreement
from publications.models.plan import DayItem, DayTemplate, PlanStep, PublicationMove, StepTemplate
from publications.models.publication import Publication, PublicationQuerySet

__all__ = [
    "AuthorityComment",
    "DayItem",
    "DayTemplate",
    "MediaStrategy",
    "PartnerAgreement",
    "PlanStep",
    "PublicPage",
    "Publication",
    "PublicationMove",
    "PublicationQuerySet",
    "StepTemplate",
    "WatchedAddress",
    "Withholding",
]
