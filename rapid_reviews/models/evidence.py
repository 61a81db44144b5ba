"""What the findings rest on: rows of the chronology, agencies' returns and documents of the same case."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from agency_returns.models import AgencyReturn
from chronology.models import Row
from core.guard import GuardedModel
from documents.models import Document
from rapid_reviews.choices import Criterion
from rapid_reviews.models.review import RapidReview


def _only(chosen: str, *others: str) -> Q:
    return Q(**{f"{chosen}__isnull": False}, **{f"{other}__isnull": True for other in others})


@pghistory.track()
class Evidence(GuardedModel):
    """One piece of evidence of one review. Its number ("E3") is given once and never to another piece, whatever links
    come and go: reports may quote it."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveSmallIntegerField()
    row = models.ForeignKey(Row, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agency_return = models.ForeignKey(AgencyReturn, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["review", "number"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="rapid_reviews_evidence_number"),
            models.UniqueConstraint(fields=["review", "row"], name="rapid_reviews_evidence_row_once"),
            models.UniqueConstraint(fields=["review", "agency_return"], name="rapid_reviews_evidence_return_once"),
            models.UniqueConstraint(fields=["review", "document"], name="rapid_reviews_evidence_document_once"),
            models.CheckConstraint(
                condition=_only("row", "agency_return", "document")
                | _only("agency_return", "row", "document")
                | _only("document", "row", "agency_return"),
                name="rapid_reviews_evidence_is_exactly_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.review})"

    @property
    def label(self) -> str:
        return f"E{self.number}"


@pghistory.track()
class EvidenceLink(GuardedModel):
    """A piece of evidence for one criterion. Taking it away deletes the link; the piece keeps its number."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="links")
    criterion = models.CharField(max_length=20, choices=Criterion)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ["evidence__number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "criterion"], name="rapid_reviews_evidence_once_per_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.evidence.label}: {self.get_criterion_display()}"
