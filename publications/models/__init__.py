from publications.models.publication import Publication, PublicationQuerySet

__all__ = ["Publication", "PublicationQuerySet"]
