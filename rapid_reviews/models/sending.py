"""What was sent to the national Panel, that it arrived, and what they replied."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.guard import GuardedModel
from deadlines.models import Clock
from documents.models import Document
from rapid_reviews.choices import Naming, Outcome, Reply
from rapid_reviews.models.recommending import Recommendation
from rapid_reviews.models.review import RapidReview
from referrals.models.base import both_or_neither


def _person(**more: bool) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


def _document(title: str, **more: bool) -> models.ForeignKey:
    return models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name=title, **more)


@pghistory.track()
class Submission(GuardedModel):
    """One sending to the national Panel: the second one follows a disagreement. What was decided is kept with it."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="submission")
    outcome = models.CharField("decided outcome", max_length=20, choices=Outcome)
    decided_on = models.DateField()
    report = _document("the report that was sent")
    editable = _document("the same as a Word file", null=True, blank=True)
    naming = models.CharField("how people stand in it", max_length=15, choices=Naming)
    sent_on = models.DateField()
    sent_by = _person()
    address = models.CharField("sent to", max_length=254)
    recorded_by = _person()
    recorded_at = models.DateTimeField()
    reply_clock = models.OneToOneField(Clock, on_delete=models.PROTECT, related_name="+")
    receipt_on = models.DateField("receipt confirmed on", null=True, blank=True)
    receipt_reference = models.CharField("reference of the receipt", max_length=60, blank=True)
    receipt_letter = _document("the receipt", null=True, blank=True)
    receipt_by = _person(null=True, blank=True)
    receipt_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="rapid_reviews_submission_number"),
            models.CheckConstraint(
                condition=Q(sent_on__gte=F("decided_on")), name="rapid_reviews_submission_after_decision"
            ),
            models.CheckConstraint(condition=~Q(address=""), name="rapid_reviews_submission_to_somewhere"),
            models.CheckConstraint(
                condition=both_or_neither("receipt_on", "receipt_by", "receipt_at")
                & (Q(receipt_on__isnull=False) | Q(receipt_reference="", receipt_letter__isnull=True)),
                name="rapid_reviews_receipt_when_and_by",
            ),
            models.CheckConstraint(
                condition=Q(receipt_on__isnull=True) | Q(receipt_on__gte=F("sent_on")),
                name="rapid_reviews_receipt_after_sending",
            ),
        ]

    def __str__(self) -> str:
        return f"Submission {self.number} ({self.review})"


@pghistory.track()
class NationalReply(GuardedModel):
    """One letter of the national Panel. Questions are answered; the answer is kept beside them."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField("what they say", max_length=10, choices=Reply)
    received_on = models.DateField()
    reference = models.CharField("their reference", max_length=60, blank=True)
    text = models.TextField("in their words")
    letter = _document("their letter", null=True, blank=True)
    recorded_by = _person()
    recorded_at = models.DateTimeField()
    answer = models.TextField("our answer", blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = _person(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["submission", "received_on", "pk"]
        verbose_name = "reply of the national Panel"
        verbose_name_plural = "replies of the national Panel"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="rapid_reviews_reply_says_something"),
            models.CheckConstraint(
                condition=both_or_neither("answered_on", "answered_by", "answered_at")
                & (Q(answered_on__isnull=True, answer="") | Q(answered_on__isnull=False) & ~Q(answer="")),
                name="rapid_reviews_answered_when_by_and_what",
            ),
            models.CheckConstraint(
                condition=Q(kind=Reply.QUESTIONS) | Q(answered_on__isnull=True),
                name="rapid_reviews_only_questions_are_answered",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
                name="rapid_reviews_answered_after_received",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.submission})"

    @property
    def awaits_answer(self) -> bool:
        return self.kind == Reply.QUESTIONS and self.answered_on is None
