"""Links that let somebody without an account answer one thing, and the codes that prove who they are.

This app knows no case: `subject` is the caller's own key ("agency-return:17"), `reference` the case's neutral one.
"""

from datetime import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel, GuardedQuerySet

DIGEST = 64  # characters of a SHA-256 in hex


class AccessLinkQuerySet(GuardedQuerySet):
    def usable(self, now: datetime) -> Self:
        """Neither expired nor closed nor revoked at the instant `now`."""
        return self.filter(expires_at__gt=now, closed_at__isnull=True, revoked_at__isnull=True)

    def about(self, subject: str) -> Self:
        return self.filter(subject=subject)


@pghistory.track(exclude=["token_hash"])
class AccessLink(GuardedModel):
    """One link to one thing for whoever reads the mailbox `address`. The token itself is only in the mail."""

    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=100)
    reference = models.CharField("case", max_length=40, blank=True)
    address = models.EmailField()
    token_hash = models.CharField(max_length=DIGEST, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField("first opened with a code", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=200, blank=True)

    objects = AccessLinkQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["subject"], name="access_links_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="access_links_expires_later"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="") | Q(revoked_at__isnull=False) & ~Q(revoked_by=""),
                name="access_links_revoked_who_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.reference}".strip()

    def is_usable(self, now: datetime) -> bool:
        return self.expires_at > now and self.closed_at is None and self.revoked_at is None


class AccessCode(GuardedModel):
    """A six-digit code, mailed to a known work address: for one link's subject, or for none (a public form)."""

    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=100, blank=True)
    reference = models.CharField("case", max_length=40, blank=True)
    address = models.EmailField()
    code_hash = models.CharField(max_length=DIGEST)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    spent_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["address", "purpose", "-sent_at"], name="access_codes_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="access_codes_expires_later"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.reference}".strip()
