"""Publications to look at, only those that the person may see; the plan's template and the public page to edit."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.workflow import record
from core.admin import FriendlyErrors, ReadOnly
from publications.disclosure import admin as disclosure_admin  # noqa: F401 - registers its own
from publications.models import (
    AuthorityComment,
    DayTemplate,
    MediaStrategy,
    Publication,
    PublicPage,
    StepTemplate,
    Withholding,
)


class VisibleOnly(ReadOnly):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = self.model.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=visible)


@admin.register(Publication)
class PublicationAdmin(VisibleOnly):
    list_display = ["practice_review", "status", "planned_on", "published_on", "taken_down_on"]
    list_filter = ["status", "planned_on"]
    search_fields = ["practice_review__reference", "practice_review__referral__reference", "slug"]
    search_help_text = "The reference of a review or a case, or a public address."
    list_select_related = ["practice_review"]
    date_hierarchy = "planned_on"


class OfPublication(VisibleOnly):
    search_fields = ["publication__practice_review__reference"]
    search_help_text = "The reference of a review."
    list_select_related = ["publication__practice_review"]


@admin.register(MediaStrategy)
class MediaStrategyAdmin(OfPublication):
    list_display = ["publication", "number", "made_by", "made_at"]


@admin.register(Withholding)
class WithholdingAdmin(OfPublication):
    list_display = ["publication", "decided_on", "panel_told_on", "secretary_told_on", "ended_on"]


@admin.register(AuthorityComment)
class AuthorityCommentAdmin(OfPublication):
    list_display = ["publication", "authority", "received_on"]
    list_filter = ["authority"]


class Template(FriendlyErrors):
    """New plans begin with what stands here; plans that run keep what they have."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record("publications.template_changed", by=request.user, obj=obj, what=str(obj))


@admin.register(StepTemplate)
class StepTemplateAdmin(Template):
    list_display = ["title", "kind", "days", "rule_code", "only_lcspr", "source", "is_active"]
    list_filter = ["is_active", "only_lcspr"]
    search_fields = ["title", "who"]
    search_help_text = "Days without a time limit are local practice, to be confirmed by the partnership."


@admin.register(DayTemplate)
class DayTemplateAdmin(Template):
    list_display = ["at", "what", "who", "is_active"]
    list_display_links = ["what"]
    list_filter = ["is_active"]
    search_fields = ["what", "who"]
    search_help_text = "Local practice, to be confirmed by the partnership."


@admin.register(PublicPage)
class PublicPageAdmin(FriendlyErrors):
    list_display = ["__str__", "is_on"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not PublicPage.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: PublicPage, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)
        record("publications.page_changed", by=request.user, obj=obj, state="on" if obj.is_on else "off")
