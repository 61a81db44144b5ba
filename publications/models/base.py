"""What the models of publication share."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models

from core.guard import GuardedQuerySet
from publications.models.publication import Publication


def person(**options: Any) -> models.ForeignKey:
    options = {"null": True, "blank": True} | options
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class OfPublicationQuerySet(GuardedQuerySet):
    """Rows that belong to a publication: whoever sees it sees them."""

    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        return self.filter(publication__in=Publication.objects.visible_to(user, on=on).values("pk"))
