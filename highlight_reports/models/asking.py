"""What a report asks of the Executive, of whom it was asked, and what they answered."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.guard import GuardedModel, GuardedQuerySet
from highlight_reports import choices
from highlight_reports.models.fields import person
from highlight_reports.models.report import HighlightReport


@pghistory.track()
class Ask(GuardedModel):
    """One decision asked of the Executive, beside the recommendations that the three partners decide in the case."""

    report = models.ForeignKey(HighlightReport, on_delete=models.PROTECT, related_name="asks")
    text = models.TextField("what is asked")
    created_by = person()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="highlight_reports_ask_says_something")]

    def __str__(self) -> str:
        return f"Ask {self.pk} ({self.report.reference})"


class AskedQuerySet(GuardedQuerySet):
    def of(self, user: Any) -> Self:
        """What is asked of this account: by the entry on the list, or by its address."""
        return self.filter(Q(user=user) | Q(user__isnull=True, address__iexact=user.email))

    def visible_to(self, user: Any) -> Self:
        """The answers of a report are for who may read it: rows of walled cases are another matter (reading)."""
        return self.filter(report__in=HighlightReport.objects.visible_to(user))

    def unanswered(self) -> Self:
        """Those who left something of what their report asks without an answer."""
        return self.annotate(
            answered=models.Count("answers", distinct=True), wanted=models.Count("report__asks", distinct=True)
        ).filter(answered__lt=models.F("wanted"))


@pghistory.track()
class Asked(GuardedModel):
    """One person whose answer is asked for: an entry of the distribution list as it was when the report was sent."""

    report = models.ForeignKey(HighlightReport, on_delete=models.PROTECT, related_name="asked")
    name = models.CharField(max_length=150)
    address = models.EmailField("e-mail address")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects: Any = AskedQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "person asked"
        verbose_name_plural = "people asked"
        constraints = [models.UniqueConstraint("report", Lower("address"), name="highlight_reports_asked_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.report.reference})"

    @property
    def subject(self) -> str:
        """The key of this person's links."""
        return f"report-answer:{self.pk}"


@pghistory.track()
class Answer(GuardedModel):
    """What one person answered to one thing asked. They may change it until the meeting; the history keeps each."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="answers")
    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=10, choices=choices.Answer)
    comment = models.TextField(blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["ask", "asked"]
        constraints = [
            models.UniqueConstraint(fields=["ask", "asked"], name="highlight_reports_one_answer_each"),
            models.CheckConstraint(
                condition=~Q(answer__in=[choices.Answer.DECLINE, choices.Answer.DISCUSS]) | ~Q(comment=""),
                name="highlight_reports_declined_or_discussed_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()} ({self.ask_id}, {self.asked_id})"
