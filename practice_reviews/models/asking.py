"""A single-agency review is asked of its agency: the request, how far it was escalated, and by what ladder."""

from datetime import date

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.guard import GuardedModel, GuardedQuerySet
from practice_reviews.choices import AskLevel, NoticeState
from practice_reviews.models.review import OfReviewQuerySet, PracticeReview, person
from practice_reviews.states import AskStatus
from referrals.models.base import both_or_neither

A = AskStatus


@pghistory.track()
class AskTimes(models.Model):
    """How long an agency has, and when the chair and the Executive are told: local practice, editable, dated."""

    answer_within = models.PositiveSmallIntegerField("working days to accept or decline", default=5)
    report_within = models.PositiveSmallIntegerField("weeks to report", default=8)
    agency_after = models.PositiveSmallIntegerField("working days late: remind the agency", default=1)
    chair_after = models.PositiveSmallIntegerField("working days late: tell the chair", default=5)
    executive_after = models.PositiveSmallIntegerField("working days late: tell the Executive", default=15)
    source = models.CharField(max_length=200)
    from_date = models.DateField("from", unique=True)

    class Meta:
        ordering = ["-from_date"]
        verbose_name = "times for single-agency reviews"
        verbose_name_plural = "times for single-agency reviews"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_within__gte=1, report_within__gte=1, agency_after__gte=1)
                & Q(chair_after__gt=models.F("agency_after"), executive_after__gt=models.F("chair_after")),
                name="practice_reviews_times_in_order",
                violation_error_message="Count from 1, and tell the agency, then the chair, then the Executive.",
            )
        ]

    def __str__(self) -> str:
        return f"From {self.from_date:%d.%m.%Y}"


@pghistory.track()
class AgencyAsk(GuardedModel):
    """What is asked of the agency of a single-agency review; `round` counts how often it was asked."""

    review = models.OneToOneField(PracticeReview, on_delete=models.PROTECT, related_name="ask")
    status = models.CharField(max_length=10, choices=AskStatus, default=AskStatus.ASKED)
    text = models.TextField("what is asked")
    lead_name = models.CharField("safeguarding lead", max_length=150)
    lead_address = models.EmailField("work e-mail")
    round = models.PositiveSmallIntegerField(default=1)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    report_by = models.DateField()
    level = models.CharField("escalated to", max_length=10, choices=AskLevel, default=AskLevel.AGENCY)
    answered_by = person()
    answered_label = models.CharField("answered by", max_length=250, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField("answer of the agency", blank=True)
    received_on = models.DateField("report received on", null=True, blank=True)
    received_by = person()
    findings = models.TextField("what the report found", blank=True)
    withdrawn_by = person()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    objects = OfReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = "request to the agency"
        verbose_name_plural = "requests to agencies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(lead_name="") & ~Q(lead_address=""), name="practice_reviews_ask_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[A.ACCEPTED, A.DECLINED, A.RECEIVED], answered_at__isnull=False)
                & ~Q(answered_label="")
                | Q(status=A.WITHDRAWN)
                | Q(status=A.ASKED, answered_at__isnull=True, answered_by__isnull=True, answered_label="", answer=""),
                name="practice_reviews_ask_answered_who_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=A.DECLINED) | ~Q(answer=""), name="practice_reviews_ask_declined_why"
            ),
            models.CheckConstraint(
                condition=Q(status=A.RECEIVED, received_on__isnull=False, received_by__isnull=False) & ~Q(findings="")
                | ~Q(status=A.RECEIVED) & Q(received_on__isnull=True, received_by__isnull=True, findings=""),
                name="practice_reviews_ask_received_who_when_what",
            ),
            models.CheckConstraint(
                condition=Q(status=A.WITHDRAWN, withdrawn_on__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason="")
                | ~Q(status=A.WITHDRAWN) & both_or_neither("withdrawn_on", "withdrawn_by") & Q(withdrawn_reason=""),
                name="practice_reviews_ask_withdrawn_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.review_id}"

    @property
    def subject(self) -> str:
        """The key of its links: see access_links."""
        return f"single-agency-review:{self.pk}"

    @property
    def waits_until(self) -> date | None:
        """The day by which the agency is to act next; None where it is not its move."""
        return {A.ASKED: self.answer_by, A.ACCEPTED: self.report_by}.get(AskStatus(self.status))


class AskNotice(GuardedModel):
    """The ledger of the sweep: one row for each request, date missed, level and address."""

    ask = models.ForeignKey(AgencyAsk, on_delete=models.PROTECT, related_name="notices")
    level = models.CharField(max_length=10, choices=AskLevel)
    due_on = models.DateField("date that was missed")
    address = models.EmailField()
    state = models.CharField(max_length=12, choices=NoticeState)
    recorded_at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["recorded_at", "pk"]
        verbose_name = "notice to an agency, the chair or the Executive"
        verbose_name_plural = "notices about single-agency reviews"
        constraints = [
            models.UniqueConstraint(fields=["ask", "level", "due_on", "address"], name="practice_reviews_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.ask_id} {self.level} {self.due_on}"
