"""What the models beside a review share."""

from typing import Any

from django.conf import settings
from django.db import models


def account(**options: Any) -> models.ForeignKey:
    """Who did something; not null unless said so."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)
