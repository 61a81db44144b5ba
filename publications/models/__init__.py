from publications.models.after import AuthorityComment, PublicPage, WatchedAddress, Withholding
from publications.models.agreeing import MediaStrategy, PartnerAgreement
from publications.models.disclosure import DisclosureCheck, DisclosureFinding, OrdinaryWord, ShortForm
from publications.models.plan import DayItem, DayTemplate, PlanStep, PublicationMove, StepTemplate
from publications.models.publication import Publication, PublicationQuerySet

__all__ = [
    "AuthorityComment",
    "DayItem",
    "DayTemplate",
    "DisclosureCheck",
    "DisclosureFinding",
    "MediaStrategy",
    "OrdinaryWord",
    "PartnerAgreement",
    "PlanStep",
    "PublicPage",
    "Publication",
    "PublicationMove",
    "PublicationQuerySet",
    "ShortForm",
    "StepTemplate",
    "WatchedAddress",
    "Withholding",
]
