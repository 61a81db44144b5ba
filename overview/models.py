"""The ledger of morning mails. The rest of this app only reads what the other rooms keep."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel


class Digest(GuardedModel):
    """One person's morning of one day is settled: a mail was queued, or there was nothing to say.

    The row is what makes it once a day, whatever runs twice, dies or starts again at noon.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    is_weekly = models.BooleanField(default=False)
    items = models.PositiveIntegerField("lines in the mail", default=0)
    message = models.OneToOneField(
        "notifications.Message", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "person"]
        verbose_name = "morning mail"
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="overview_one_digest_a_day"),
            models.CheckConstraint(
                condition=Q(items=0, message__isnull=True) | Q(items__gt=0, message__isnull=False),
                name="overview_digest_only_with_something_to_say",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.day:%-d %B %Y}"
