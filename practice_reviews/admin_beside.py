"""The ladder for drafts to edit; what runs beside a review to look at, where the person may see the review."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.workflow import record
from core.admin import FriendlyErrors, ReadOnly
from practice_reviews.models import Draft, FactCheck, FactCheckStep, ParallelProceeding


class VisibleOnly(ReadOnly):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = self.model.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=visible)


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
