"""Requests to look at, never to change, and only those that the person may see; the chase ladder to edit."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from agency_returns.models import ChaseStep, InformationRequest
from audit.workflow import record
from core.admin import FriendlyErrors, ReadOnly


@admin.register(InformationRequest)
class InformationRequestAdmin(ReadOnly):
    list_display = ["case", "agency", "state", "due_on", "lead_name", "asked_at", "returned_at"]
    list_filter = ["status", "agency"]
    search_fields = ["referral__reference", "agency__name"]
    search_help_text = "A case reference, or an agency."
    list_select_related = ["referral", "agency"]
    date_hierarchy = "asked_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = InformationRequest.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=visible)

    @admin.display(description="case", ordering="referral__reference")
    def case(self, row: InformationRequest) -> str:
        return str(row.referral.reference)

    @admin.display(description="status", ordering="status")
    def state(self, row: InformationRequest) -> str:
        return str(row.standing.label)


@admin.register(ChaseStep)
class ChaseStepAdmin(FriendlyErrors):
    """When agencies are reminded. A step that was used stays, so that the ledger stays readable."""

    list_display = ["__str__", "tells_agency", "tells_manager"]
    search_fields = ["anchor"]

    def has_delete_permission(self, request: HttpRequest, obj: ChaseStep | None = None) -> bool:
        return (obj is None or not obj.chases.exists()) and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: ChaseStep, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record("return.ladder_changed", by=request.user, obj=obj, step=str(obj))
