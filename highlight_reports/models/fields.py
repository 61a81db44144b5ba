from django.conf import settings
from django.db import models
from django.db.models import Q


def together(*fields: str) -> Q:
    """All of the nullable `fields` are filled, or none of them is."""
    return Q(**{f"{f}__isnull": False for f in fields}) | Q(**{f"{f}__isnull": True for f in fields})


def person() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


def person_or_none() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
