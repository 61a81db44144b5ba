"""Harm types are edited here. Cases are only looked at, by those who may see them; they change on their own pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from audit.workflow import record_read
from core.admin import FriendlyErrors, ReadOnly
from panel.permissions import Permission, can
from referrals.models import HarmType, MisdirectedEnquiry, Referral, Screening, SheetPart


@admin.register(HarmType)
class HarmTypeAdmin(FriendlyErrors):
    list_display = ["name", "position", "is_active"]
    list_editable = ["position", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # recorded cases keep their harm types


@admin.register(SheetPart)
class SheetPartAdmin(FriendlyErrors):
    """The parts of the sheet for the national notification form, in the order of that form."""

    list_display = ["title", "code", "position", "is_active", "checked_on"]
    list_editable = ["position", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["title"]
    readonly_fields = ["code"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # each part is filled by code that stands behind it

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CaseRowAdmin(ReadOnly):
    """Only rows of cases that exist for this person: the same queryset as on every page."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible: QuerySet[Any] = self.model._default_manager.visible_to(request.user)
        return visible

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can(request.user, Permission.SEE_CASES)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Reading a case here is an event too."""
        found = self.get_object(request, object_id)
        if found is not None:
            referral = found if isinstance(found, Referral) else found.referral
            record_read(by=request.user, obj=referral, reference=referral.reference)
        return super().change_view(request, object_id, *args, **kwargs)


@admin.register(Referral)
class ReferralAdmin(CaseRowAdmin):
    list_display = ["__str__", "kind", "status", "lead", "recorded_at"]
    list_filter = ["status", "kind"]
    list_select_related = ["lead"]
    search_fields = ["reference"]
    date_hierarchy = "recorded_at"
    fields = ["reference", "kind", "status", "lead", "created_by", "created_at", "recorded_by", "recorded_at",
              "partnership_aware_on", "la_aware_on", "notified_on", "partners_informed_on", "accepted_on",
              "closed_on", "closed_by"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Referral.objects.visible_to(request.user).recorded()


@admin.register(Screening)
class ScreeningAdmin(CaseRowAdmin):
    list_display = ["referral", "decision", "screened_by", "screened_at"]
    list_filter = ["decision"]
    list_select_related = ["referral", "screened_by"]
    search_fields = ["referral__reference"]
    date_hierarchy = "screened_at"
    fields = ["referral", "decision", "route", "screened_by", "screened_at", "abuse", "harm", "whereabouts"]


@admin.register(MisdirectedEnquiry)
class MisdirectedEnquiryAdmin(ReadOnly):
    list_display = ["route", "made_by", "made_at"]
    list_filter = ["route", "made_at"]
    list_select_related = ["made_by"]
    date_hierarchy = "made_at"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can(request.user, Permission.CONFIGURE, on=timezone.localdate())
