"""Themes are edited here. Rapid reviews are only looked at, by those who may see the case."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.workflow import record
from core.admin import FriendlyErrors, ReadOnly
from rapid_reviews.models import (
    Assignment,
    Attendance,
    Audience,
    Bundle,
    CirculationAnswer,
    Comment,
    CriterionAnswer,
    Dissent,
    EpisodeAnalysis,
    EvidenceLink,
    KeyLineOfEnquiry,
    NationalReply,
    PartnerDecision,
    PartnersResolution,
    Proceeding,
    RapidReview,
    Recommendation,
    ReviewTheme,
    SafeguardingIssue,
    SafeguardingTimes,
    Section,
    SharedLearning,
    Submission,
    Theme,
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


@admin.register(Assignment)
class AssignmentAdmin(_Behind):
    list_display = ["review", "key", "child", "owner", "assigned_by", "assigned_at"]
    list_filter = ["key"]
    list_select_related = ["review__referral", "child", "owner", "assigned_by"]


@admin.register(Comment)
class CommentAdmin(_Behind):
    list_display = ["review", "key", "author", "written_at", "edited_at", "resolved_at"]
    list_filter = ["key"]
    search_fields = ["review__referral__reference"]
    list_select_related = ["review__referral", "author"]


@admin.register(EpisodeAnalysis)
class EpisodeAnalysisAdmin(_Behind):
    list_display = ["review", "row", "version", "updated_by", "updated_at"]
    search_fields = ["review__referral__reference"]
    list_select_related = ["review__referral", "row__agency", "updated_by"]


@admin.register(SharedLearning)
class SharedLearningAdmin(_Behind):
    list_display = ["review", "audience", "due_on", "shared_on", "removed_at"]
    search_fields = ["review__referral__reference"]
    list_select_related = ["review__referral"]


@admin.register(Proceeding)
class ProceedingAdmin(_Behind):
    list_display = ["review", "kind", "state", "next_on", "removed_at"]
    list_filter = ["kind"]
    list_select_related = ["review__referral"]


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


@admin.register(Audience)
class AudienceAdmin(FriendlyErrors):
    """Whom learning may be for: the list in the form of the recommendation."""

    list_display = ["name", "position", "is_active"]
    list_editable = ["position", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # recommendations keep their audiences


@admin.register(KeyLineOfEnquiry)
class KeyLineOfEnquiryAdmin(_Behind):
    path = "recommendation__review"
    list_display = ["recommendation", "number"]
    search_fields = ["recommendation__review__referral__reference"]
    list_select_related = ["recommendation__review__referral"]


@admin.register(Dissent)
class DissentAdmin(_Behind):
    path = "recommendation__review"
    list_display = ["recommendation", "membership"]
    list_select_related = ["recommendation__review__referral", "membership__user", "membership__agency"]


@admin.register(CirculationAnswer)
class CirculationAnswerAdmin(_Behind):
    path = "circulation__recommendation__review"
    list_display = ["circulation", "membership", "answer", "by_link", "answered_at"]
    list_filter = ["answer", "by_link"]
    list_select_related = [
        "circulation__recommendation__review__referral", "membership__user", "membership__agency",
    ]  # fmt: skip


@admin.register(PartnersResolution)
class PartnersResolutionAdmin(_Behind):
    path = "recommendation__review"
    list_display = ["recommendation", "outcome", "agreed_on", "recorded_by", "recorded_at"]
    list_filter = ["outcome"]
    list_select_related = ["recommendation__review__referral", "recorded_by"]


@admin.register(Theme)
class ThemeAdmin(FriendlyErrors):
    """The partnership's list of themes. How many cases show one is not counted: it would tell of closed cases."""

    list_display = ["name", "description", "source", "is_active"]
    list_editable = ["is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "description"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # reviews keep their themes


@admin.register(ReviewTheme)
class ReviewThemeAdmin(_Behind):
    list_display = ["review", "theme", "added_by", "added_at"]
    list_filter = ["theme"]
    search_fields = ["review__referral__reference"]
    list_select_related = ["review__referral", "theme", "added_by"]


@admin.register(EvidenceLink)
class EvidenceLinkAdmin(_Behind):
    path = "evidence__review"
    list_display = ["evidence", "criterion", "linked_by", "linked_at"]
    list_filter = ["criterion"]
    search_fields = ["evidence__review__referral__reference"]
    list_select_related = ["evidence__review__referral", "linked_by"]


@admin.register(Bundle)
class BundleAdmin(_Behind):
    list_display = ["review", "variant", "status", "asked_by", "asked_at", "attempts", "pages", "keep_until"]
    list_filter = ["variant", "status"]
    search_fields = ["review__referral__reference"]
    list_select_related = ["review__referral", "asked_by"]


@admin.register(SafeguardingIssue)
class SafeguardingIssueAdmin(_Behind):
    list_display = ["review", "number", "agency", "status", "level", "answer_by", "raised_at"]
    list_filter = ["status", "level", "agency"]
    search_fields = ["review__referral__reference", "agency__name"]
    list_select_related = ["review__referral", "agency"]


@admin.register(SafeguardingTimes)
class SafeguardingTimesAdmin(FriendlyErrors):
    """Another practice is another edition, from its day on; issues asked before keep the one of their day."""

    list_display = ["effective_from", "answer_within", "chase_every", "chair_after", "partners_after", "source"]
    search_fields = ["source"]

    def has_delete_permission(self, request: HttpRequest, obj: SafeguardingTimes | None = None) -> bool:
        """The last edition stays: without one nobody would be reminded."""
        return SafeguardingTimes.objects.count() > 1 and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: SafeguardingTimes, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record("rapid_review.safeguarding_times_changed", by=request.user, obj=obj, times=str(obj))


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
