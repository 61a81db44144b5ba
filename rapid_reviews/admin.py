"""Rapid reviews to look at, never to change; only those of cases that the person may see."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import ReadOnly
from rapid_reviews.models import (
    Attendance,
    CriterionAnswer,
    NationalReply,
    PartnerDecision,
    RapidReview,
    Recommendation,
    Section,
    Submission,
)


class _Behind(ReadOnly):
    """Rows of a review: seen by whoever sees the case. `path` leads from the row to its review."""

    path = "review"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = RapidReview.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(**{f"{self.path}__in": visible})


@admin.register(RapidReview)
class RapidReviewAdmin(_Behind):
    path = "pk"
    list_display = ["case", "status", "whose_move", "due", "decided_on", "sent_on", "withdrawn_on"]
    list_filter = ["status", "outcome"]
    search_fields = ["referral__reference"]
    search_help_text = "A case reference."
    list_select_related = ["referral", "clock"]
    date_hierarchy = "opened_at"

    @admin.display(description="case", ordering="referral__reference")
    def case(self, review: RapidReview) -> str:
        return str(review.referral.reference)

    @admin.display(description="due", ordering="clock__due_on")
    def due(self, review: RapidReview) -> Any:
        return review.clock.due_on


@admin.register(Section)
class SectionAdmin(_Behind):
    list_display = ["review", "key", "is_complete", "version", "updated_by", "updated_at"]
    list_filter = ["key", "is_complete"]
    search_fields = ["review__referral__reference"]
    list_select_related = ["review__referral", "updated_by"]


@admin.register(CriterionAnswer)
class CriterionAnswerAdmin(_Behind):
    list_display = ["review", "criterion", "finding", "answered_by", "answered_at"]
    list_filter = ["criterion", "finding"]
    search_fields = ["review__referral__reference"]
    list_select_related = ["review__referral", "answered_by"]


@admin.register(Recommendation)
class RecommendationAdmin(_Behind):
    list_display = ["review", "number", "outcome", "met_on", "is_quorate", "recorded_at", "reopened_at"]
    list_filter = ["outcome", "is_quorate"]
    search_fields = ["review__referral__reference"]
    list_select_related = ["review__referral"]


@admin.register(Attendance)
class AttendanceAdmin(_Behind):
    path = "recommendation__review"
    list_display = ["recommendation", "membership", "represents", "is_conflicted"]
    list_filter = ["represents", "is_conflicted"]
    list_select_related = ["recommendation__review__referral", "membership__user", "membership__agency"]


@admin.register(PartnerDecision)
class PartnerDecisionAdmin(_Behind):
    path = "recommendation__review"
    list_display = ["recommendation", "partner", "view", "decided_by", "decided_at"]
    list_filter = ["partner", "view"]
    list_select_related = ["recommendation__review__referral", "decided_by"]


@admin.register(Submission)
class SubmissionAdmin(_Behind):
    list_display = ["review", "number", "outcome", "sent_on", "sent_by", "receipt_on"]
    list_filter = ["outcome", "naming"]
    search_fields = ["review__referral__reference"]
    list_select_related = ["review__referral", "sent_by"]


@admin.register(NationalReply)
class NationalReplyAdmin(_Behind):
    path = "submission__review"
    list_display = ["submission", "kind", "received_on", "answered_on"]
    list_filter = ["kind"]
    search_fields = ["submission__review__referral__reference"]
    list_select_related = ["submission__review__referral"]
