"""Letters to national bodies: that there is a review and who does it, or that it will be late and why."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel
from practice_reviews.choices import TOLD_OF_DELAY, TOLD_OF_REVIEW, Body, Lateness
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview, person
from referrals.models.base import both_or_neither


@pghistory.track()
class DelayNotice(GuardedModel):
    """Why publication will be late or is withheld, and until when, as the partners say it."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="delay_notices")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField("what", max_length=10, choices=Lateness)
    reason = models.TextField()
    known_on = models.DateField("known since")
    due_on = models.DateField("was due")
    expected_on = models.DateField("now expected", null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["number"]
        verbose_name = "notice of delay"
        verbose_name_plural = "notices of delay"
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="practice_reviews_notice_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="practice_reviews_notice_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind=Lateness.WITHHELD) | Q(expected_on__isnull=False),
                name="practice_reviews_late_until_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Notice of delay {self.number}"


@pghistory.track()
class BodyLetter(GuardedModel):
    """One letter to one body, of the review (`notice` empty) or of a delay: its text as sent, by whom and when.

    The text bears references and pseudonyms, and the reviewer's name: that the three bodies are told.
    """

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="letters")
    notice = models.ForeignKey(DelayNotice, on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    body = models.CharField("to", max_length=20, choices=Body)
    text = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_on = models.DateField(null=True, blank=True)
    sent_to = models.CharField("to whom, as addressed", max_length=200, blank=True)
    sent_by = person()

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["pk"]
        verbose_name = "letter to a national body"
        verbose_name_plural = "letters to national bodies"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "notice", "body"], nulls_distinct=False, name="practice_reviews_letter_once"
            ),
            models.CheckConstraint(
                condition=Q(notice__isnull=True, body__in=TOLD_OF_REVIEW)
                | Q(notice__isnull=False, body__in=TOLD_OF_DELAY),
                name="practice_reviews_letter_to_the_right_body",
            ),
            models.CheckConstraint(
                condition=both_or_neither("sent_on", "sent_by")
                & (Q(sent_on__isnull=True, sent_to="") | Q(sent_on__isnull=False) & ~Q(sent_to="")),
                name="practice_reviews_letter_sent_who_when_whom",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="practice_reviews_letter_has_a_text"),
        ]

    def __str__(self) -> str:
        article = "" if self.body == Body.OFSTED else "the "
        return f"Letter to {article}{self.get_body_display()}"
