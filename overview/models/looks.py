"""When somebody last looked at their home page."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel


class HomeLook(GuardedModel):
    """One row a person. Opening the page again and again is one look: `before_at` is the end of the look before it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    last_at = models.DateTimeField("last opened")
    before_at = models.DateTimeField("last opened in the look before", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(before_at__isnull=True) | Q(before_at__lte=F("last_at")), name="overview_looks_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.last_at.isoformat()}"
