"""Milestones, times and ladders to edit; reviews and what runs beside them to look at, where one may see the review."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.workflow import record
from core.admin import FriendlyErrors, ReadOnly
from practice_reviews.models import (
    AgencyAsk,
    AskTimes,
    BodyLetter,
    Draft,
    FactCheck,
    FactCheckStep,
    MilestoneStep,
    ParallelProceeding,
    PracticeReview,
)


class VisibleOnly(ReadOnly):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = self.model.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=visible)


@admin.register(PracticeReview)
class PracticeReviewAdmin(VisibleOnly):
    list_display = ["reference", "kind", "status", "decided_on", "referral", "agency"]
    list_filter = ["kind", "status", "basis"]
    search_fields = ["reference", "referral__reference", "title"]
    search_help_text = "A reference, of a review or a case, or words of the title."
    list_select_related = ["referral", "agency"]
    date_hierarchy = "decided_on"


@admin.register(AgencyAsk)
class AgencyAskAdmin(VisibleOnly):
    list_display = ["review", "status", "answer_by", "report_by", "level"]
    list_filter = ["status", "level"]
    search_fields = ["review__reference"]
    search_help_text = "The reference of a review."
    list_select_related = ["review"]


@admin.register(BodyLetter)
class BodyLetterAdmin(VisibleOnly):
    list_display = ["review", "body", "notice", "sent_on"]
    list_filter = ["body", ("sent_on", admin.EmptyFieldListFilter)]
    search_fields = ["review__reference"]
    search_help_text = "The reference of a review."
    list_select_related = ["review", "notice"]


@admin.register(MilestoneStep)
class MilestoneStepAdmin(FriendlyErrors):
    """What new reviews of a type pass through. Reviews that are there keep their own milestones."""

    list_display = ["title", "kind", "after_weeks", "who", "source", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["title"]
    search_help_text = "Words of the title. The weeks are local practice, to be confirmed by the partnership."

    def save_model(self, request: HttpRequest, obj: MilestoneStep, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record("practice_reviews.milestones_changed", by=request.user, obj=obj, step=str(obj))


@admin.register(AskTimes)
class AskTimesAdmin(FriendlyErrors):
    """How long an agency has. A new edition from a day on; earlier ones stay, so that the past can be read."""

    list_display = ["from_date", "answer_within", "report_within", "agency_after", "chair_after", "executive_after"]
    search_fields = ["source"]
    search_help_text = "These times are local practice, to be confirmed by the partnership."

    def save_model(self, request: HttpRequest, obj: AskTimes, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record("practice_reviews.times_changed", by=request.user, obj=obj, times=str(obj))


@admin.register(Draft)
class DraftAdmin(VisibleOnly):
    list_display = ["__str__", "status", "due_on", "added_at"]
    list_filter = ["status"]
    search_fields = ["review__reference"]
    search_help_text = "The reference of a review."
    list_select_related = ["review"]


@admin.register(FactCheck)
class FactCheckAdmin(VisibleOnly):
    list_display = ["__str__", "status", "asked_at", "answered_at"]
    list_filter = ["status", "agency"]
    search_fields = ["draft__review__reference", "agency__name"]
    search_help_text = "The reference of a review, or an agency."
    list_select_related = ["draft__review", "agency"]


@admin.register(ParallelProceeding)
class ParallelProceedingAdmin(VisibleOnly):
    list_display = ["review", "kind", "status", "effect", "next_on"]
    list_filter = ["status", "effect", "kind"]
    search_fields = ["review__reference"]
    search_help_text = "The reference of a review."
    list_select_related = ["review"]


@admin.register(FactCheckStep)
class FactCheckStepAdmin(FriendlyErrors):
    """When agencies are reminded of a draft. A step that was used stays, so that the ledger can be read."""

    list_display = ["__str__", "tells_agency", "tells_manager"]
    list_filter = ["tells_manager"]
    search_fields = ["anchor"]
    search_help_text = "The days of these steps are local practice, to be confirmed by the partnership."

    def has_delete_permission(self, request: HttpRequest, obj: FactCheckStep | None = None) -> bool:
        used = obj is not None and obj.told.exists()
        return not used and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: FactCheckStep, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record("practice_review.ladder_changed", by=request.user, obj=obj, step=str(obj))
