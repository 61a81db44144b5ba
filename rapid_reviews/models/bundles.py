"""The evidence of a review taken out whole: each making of a bundle is a row, which is the queue as well."""

import uuid
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel, GuardedQuerySet
from documents.models import Document
from rapid_reviews.choices import Variant
from rapid_reviews.models.review import RapidReview
from rapid_reviews.states import BundleStatus
from referrals.models.base import both_or_neither

UNDER_WAY = (BundleStatus.WAITING, BundleStatus.MAKING)


class BundleQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of the cases that exist for `user`. Who may have which variant: rapid_reviews.bundles.access."""
        return self.filter(review__in=RapidReview.objects.visible_to(user).values("pk"))

    def under_way(self) -> Self:
        return self.filter(status__in=UNDER_WAY)


def _sha256(name: str) -> Q:
    return Q(**{name: ""}) | Q(**{f"{name}__regex": r"^[0-9a-f]{64}$"})


@pghistory.track(exclude=["step", "done", "of", "beat_at"])
class Bundle(GuardedModel):
    """A ZIP and a PDF of one review. `beat_at` is the worker's last sign of life; `step`, `done` and `of` tell how far
    it is; `files` is the list of what is inside, with the hashes."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="bundles")
    variant = models.CharField(max_length=10, choices=Variant)
    status = models.CharField(max_length=10, choices=BundleStatus, default=BundleStatus.WAITING, db_index=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=100, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    keep_until = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(default=0)
    pdf_size = models.PositiveBigIntegerField("size of the PDF in bytes", default=0)
    pdf_sha256 = models.CharField("SHA-256 of the PDF", max_length=64, blank=True)
    zip_size = models.PositiveBigIntegerField("size of the ZIP in bytes", default=0)
    zip_sha256 = models.CharField("SHA-256 of the ZIP", max_length=64, blank=True)
    files = models.JSONField("what is inside", default=list)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "variant"], condition=Q(status__in=UNDER_WAY), name="rapid_reviews_one_bundle_at_once"
            ),
            models.CheckConstraint(
                condition=both_or_neither("made_at", "keep_until")
                & (~Q(status__in=[BundleStatus.READY, BundleStatus.REMOVED]) | Q(made_at__isnull=False)),
                name="rapid_reviews_bundle_made_when",
            ),
            models.CheckConstraint(
                condition=Q(status=BundleStatus.REMOVED, removed_at__isnull=False)
                | ~Q(status=BundleStatus.REMOVED) & Q(removed_at__isnull=True),
                name="rapid_reviews_bundle_removed_when",
            ),
            models.CheckConstraint(
                condition=_sha256("pdf_sha256") & _sha256("zip_sha256"), name="rapid_reviews_bundle_sha256_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_variant_display()} ({self.review})"

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY

    @property
    def is_ready(self) -> bool:
        return self.status == BundleStatus.READY

    @property
    def name(self) -> str:
        """Neutral, without the extension: "CSPR-2026-014-evidence-full-3"."""
        return f"{self.review.referral.reference}-evidence-{self.variant}-{self.pk}"


@pghistory.track()
class SafeCopy(GuardedModel):
    """Somebody has read this document and says that it names no child and nobody of the family: it may stand in a
    redacted bundle. Of one version only: a newer one is read anew. Taking it back deletes the row, not its history."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("what was checked")
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "safe copies"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="rapid_reviews_safe_copy_says_what_was_checked")
        ]

    def __str__(self) -> str:
        return f"{self.document} may stand in redacted bundles"
