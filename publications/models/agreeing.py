"""The media strategy in its versions, and what each of the three partners agreed to."""

import hashlib
import json
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from publications.choices import PARTNERS, Subject
from publications.models.base import OfPublicationQuerySet, person
from publications.models.publication import Publication

WORDS = (
    "spokesperson", "spokesperson_phone", "holding_statement", "lines_to_take", "questions", "leads", "embargo",
    "staff_support",
)  # fmt: skip


@pghistory.track()
class MediaStrategy(GuardedModel):
    """One version of the strategy (terms of reference, section 1). A change is a new version, never an edit.

    `questions` is [{"question", "answer"}, …]; `leads` is [{"partner", "name", "phone", "email"}, …], one row for each
    of the three partners.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="strategies")
    number = models.PositiveSmallIntegerField("version")
    spokesperson = models.CharField(max_length=200)
    spokesperson_phone = models.CharField("spokesperson’s phone", max_length=40, blank=True)
    holding_statement = models.TextField()
    lines_to_take = models.TextField(blank=True)
    questions = models.JSONField("questions and answers", default=list, blank=True)
    leads = models.JSONField("communications leads", default=list, blank=True)
    embargo = models.CharField(max_length=300, blank=True)
    staff_support = models.TextField("support for staff", blank=True)
    made_by = person(null=False, blank=False)
    made_at = models.DateTimeField()

    objects = OfPublicationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "media strategies"
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="publications_one_version_each"),
            models.CheckConstraint(
                condition=~Q(spokesperson="") & ~Q(holding_statement=""), name="publications_strategy_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"Media strategy, version {self.number}"

    @property
    def words(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in WORDS}

    def fingerprint_in(self, round_number: int) -> str:
        """SHA-256 of its words and of the round of the publication in which they are agreed to."""
        return hashlib.sha256(json.dumps([round_number, self.words], sort_keys=True).encode()).hexdigest()


@pghistory.track()
class PartnerAgreement(GuardedModel):
    """One partner agreed to the words with this fingerprint. Other words need another agreement."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="agreements")
    subject = models.CharField(max_length=10, choices=Subject)
    partner = models.CharField(max_length=10, choices=[(p.value, p.label) for p in PARTNERS])
    fingerprint = models.CharField("SHA-256 of what was agreed to", max_length=64)
    name = models.CharField("agreed by", max_length=150)
    agreed_on = models.DateField()
    recorded_by = person(null=False, blank=False)
    recorded_at = models.DateTimeField()

    objects = OfPublicationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["subject", "partner", "-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "subject", "partner", "fingerprint"], name="publications_agreed_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="publications_agreed_by_somebody"),
            models.CheckConstraint(condition=Q(partner__in=PARTNERS), name="publications_only_partners_agree"),
        ]

    def __str__(self) -> str:
        return f"{self.get_partner_display()}: {self.get_subject_display()}"
