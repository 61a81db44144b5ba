"""The publication of one commissioned review: planned for when, with which words, and what became of it."""

import hashlib
import json
from datetime import date
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.guard import GuardedModel, GuardedQuerySet
from deadlines.models import Clock
from documents.models import Document
from practice_reviews.choices import Kind
from practice_reviews.models import PracticeReview
from publications.states import TABLE, Status

PUBLISHED_FACTS = ("published_on", "published_by", "published_at")


def _all(names: tuple[str, ...], empty: bool) -> Q:
    return Q(**{f"{name}__isnull": empty for name in names})


class PublicationQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """Whoever sees the review sees its publication."""
        return self.filter(practice_review__in=PracticeReview.objects.visible_to(user, on=on).values("pk"))

    def public(self) -> Self:
        """What stands on the public page: published reports, and what is published instead of one."""
        return self.filter(status__in=[Status.PUBLISHED, Status.WITHHELD])


@pghistory.track()
class Publication(GuardedModel):
    """`title`, `web_text` and `report` are what the public reads; they can be changed only while it is planned."""

    practice_review = models.OneToOneField(PracticeReview, on_delete=models.PROTECT, related_name="publication")
    status = models.CharField(max_length=20, choices=Status, default=Status.PLANNED, db_index=True)
    planned_on = models.DateField("planned for")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(
        default=1, help_text="One more each time that publication is planned again."
    )

    title = models.CharField("title of the published report", max_length=200, blank=True)
    slug = models.SlugField("last part of its public address", max_length=80, blank=True)
    web_text = models.TextField("text of the public page", blank=True)
    report = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="file of the report"
    )
    external_address = models.URLField("address on another site", max_length=500, blank=True)

    copy_clock = models.OneToOneField(Clock, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    available_clock = models.OneToOneField(Clock, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_fingerprint = models.CharField("SHA-256 of what was published", max_length=64, blank=True)
    taken_down_on = models.DateField(null=True, blank=True)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_down_reason = models.TextField(blank=True)

    objects = PublicationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"], condition=~Q(slug=""), name="publications_one_public_address",
                violation_error_message="Another report has this public address.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.PUBLISHED, Status.TAKEN_DOWN]) & _all(PUBLISHED_FACTS, False)
                & ~Q(published_fingerprint="") & ~Q(slug="") & ~Q(title="")
                | Q(status__in=[Status.PLANNED, Status.WITHHELD]) & _all(PUBLISHED_FACTS, True)
                & Q(published_fingerprint=""),
                name="publications_published_who_when_what",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.TAKEN_DOWN, taken_down_on__isnull=False, taken_down_by__isnull=False)
                & ~Q(taken_down_reason="")
                | ~Q(status=Status.TAKEN_DOWN)
                & Q(taken_down_on__isnull=True, taken_down_by__isnull=True, taken_down_reason=""),
                name="publications_taken_down_who_when_why",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True) | Q(taken_down_on__gte=models.F("published_on")),
                name="publications_taken_down_after_it_was_published",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Publication of {self.practice_review}"

    def get_absolute_url(self) -> str:
        return reverse("publications:publication", args=[self.reference])

    @property
    def reference(self) -> str:
        return self.practice_review.reference

    @property
    def case_reference(self) -> str:
        """The reference under which events and mails are kept: the case's, whose walls hold; else the review's own."""
        return self.practice_review.referral.reference if self.practice_review.referral else self.reference

    @property
    def document_key(self) -> str:
        return f"publication:{self.reference}"

    @property
    def is_statutory(self) -> bool:
        """Whether the limits of Working Together for an LCSPR hold."""
        return self.practice_review.kind == Kind.LCSPR

    @property
    def is_planned(self) -> bool:
        return self.status == Status.PLANNED

    @property
    def whose_move(self) -> str:
        return TABLE.owner(self.status)

    @property
    def public_path(self) -> str:
        return reverse("published:report", args=[self.slug]) if self.slug else ""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what the public would read, and of the round; empty where nothing is there yet."""
        if not (self.title or self.web_text or self.report_id):
            return ""
        parts = [self.round, self.title, self.web_text, self.report.sha256_stored if self.report else ""]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
