"""Lists to edit: practice areas, the parts of a briefing, impact intervals. Learning itself is only looked at."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import FriendlyErrors, ReadOnly
from learning.models import (
    BriefingPart,
    Cascade,
    ImpactCheck,
    ImpactInterval,
    KeyMessage,
    LearningPoint,
    OtherReview,
    PracticeArea,
    Product,
    SevenMinuteBriefing,
)


class VisibleOnly(ReadOnly):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = self.model.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=visible)


class Kept(FriendlyErrors):
    """What is used stays; untick it instead of deleting."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(PracticeArea)
class PracticeAreaAdmin(Kept):
    list_display = ["name", "source", "is_active"]
    list_editable = ["is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]


@admin.register(BriefingPart)
class BriefingPartAdmin(Kept):
    """The parts of new briefings; those already begun keep theirs."""

    list_display = ["position", "heading", "guidance", "is_active"]
    list_display_links = ["heading"]
    list_editable = ["is_active"]
    search_fields = ["heading"]


@admin.register(ImpactInterval)
class ImpactIntervalAdmin(Kept):
    """Local practice, to be confirmed by the partnership. It holds for messages whose first product is issued later."""

    list_display = ["months", "is_active"]
    list_editable = ["is_active"]
    search_fields = ["months"]


@admin.register(LearningPoint)
class LearningPointAdmin(VisibleOnly):
    list_display = ["reference", "status", "source", "practice_area", "learned_on", "referral"]
    list_filter = ["status", "source", "practice_area"]
    search_fields = ["reference", "referral__reference"]
    search_help_text = "A reference, of a learning point or a case."
    list_select_related = ["practice_area", "referral"]
    date_hierarchy = "learned_on"


@admin.register(OtherReview)
class OtherReviewAdmin(VisibleOnly):
    list_display = ["reference", "title", "kind", "area", "status", "outcome", "decided_on"]
    list_filter = ["status", "kind", "outcome"]
    search_fields = ["reference", "title", "area"]


@admin.register(KeyMessage)
class KeyMessageAdmin(VisibleOnly):
    list_display = ["reference", "text", "status", "recommended_on", "agreed_on", "closed_on"]
    list_filter = ["status"]
    search_fields = ["reference", "text"]


@admin.register(Product)
class ProductAdmin(VisibleOnly):
    list_display = ["title", "message", "kind", "audience", "status", "due_on", "issued_on"]
    list_filter = ["status", "kind", "audience"]
    search_fields = ["title", "message__reference"]
    list_select_related = ["message", "audience"]


@admin.register(Cascade)
class CascadeAdmin(VisibleOnly):
    list_display = ["agency", "product", "status", "due_on", "confirmed_on", "people"]
    list_filter = ["status", "agency"]
    search_fields = ["product__message__reference", "agency__name"]
    list_select_related = ["agency", "product__message"]


@admin.register(ImpactCheck)
class ImpactCheckAdmin(VisibleOnly):
    list_display = ["message", "months", "due_on", "outcome", "done_on"]
    list_filter = ["outcome", ("done_on", admin.EmptyFieldListFilter)]
    search_fields = ["message__reference"]
    list_select_related = ["message"]


@admin.register(SevenMinuteBriefing)
class SevenMinuteBriefingAdmin(VisibleOnly):
    list_display = ["message", "title", "status", "marking", "finished_on"]
    list_filter = ["status", "marking"]
    search_fields = ["title", "message__reference"]
    list_select_related = ["message"]
