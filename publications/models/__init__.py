from publications.models.disclosure import DisclosureCheck, DisclosureFinding, OrdinaryWord, ShortForm
from publications.models.publication import Publication, PublicationQuerySet

__all__ = [
    "DisclosureCheck",
    "DisclosureFinding",
    "OrdinaryWord",
    "Publication",
    "PublicationQuerySet",
    "ShortForm",
]
