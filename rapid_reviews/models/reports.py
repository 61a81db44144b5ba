"""The rapid review report as files: asked for, made by a worker, read, and kept as a document when it is sent."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from rapid_reviews.choices import Naming, ReportState
from rapid_reviews.models.review import RapidReview
from referrals.models.base import both_or_neither


@pghistory.track(exclude=["data", "pdf", "word"])
class ReviewReport(GuardedModel):
    """The report as it stood at one moment, as a PDF and as a Word file.

    `data` is what both files are made of (shape: `rapid_reviews.report.assemble`), `fingerprint` its SHA-256: where the
    review's differs by now, this report is out of date and is not sent. A newer one of the same naming replaces it.
    """

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="reports")
    naming = models.CharField(max_length=15, choices=Naming)
    is_draft = models.BooleanField("draft", default=True)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.WAITING)
    data = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    pdf = models.BinaryField("PDF", null=True, blank=True)
    word = models.BinaryField("Word file", null=True, blank=True)
    pdf_sha256 = models.CharField("SHA-256 of the PDF", max_length=64, blank=True)
    word_sha256 = models.CharField("SHA-256 of the Word file", max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "naming"],
                condition=Q(state=ReportState.WAITING),
                name="rapid_reviews_one_report_in_the_making",
            ),
            models.CheckConstraint(
                condition=both_or_neither("pdf", "word", "pages", "made_at")
                & (
                    Q(state=ReportState.READY, pdf__isnull=False) & ~Q(pdf_sha256="") & ~Q(word_sha256="")
                    | ~Q(state=ReportState.READY) & Q(pdf__isnull=True, pdf_sha256="", word_sha256="")
                ),
                name="rapid_reviews_ready_report_has_its_files",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Neutral: the reference, what it is, and whether it is a draft."""
        draft = "-draft" if self.is_draft else ""
        return f"{self.review.referral.reference}-rapid-review-{self.naming}{draft}"

    @property
    def is_ready(self) -> bool:
        return self.state == ReportState.READY

    def bytes_of(self, form: str) -> bytes:
        """The file as "pdf" or "docx"."""
        found: Any = {"pdf": self.pdf, "docx": self.word}[form]
        return bytes(found)
