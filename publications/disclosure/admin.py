"""Checks and findings to look at, without names; the two word lists to edit."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import FriendlyErrors, ReadOnly
from publications.models import DisclosureCheck, DisclosureFinding, OrdinaryWord, ShortForm


class VisibleOnly(ReadOnly):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = self.model.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=visible)


@admin.register(DisclosureCheck)
class DisclosureCheckAdmin(VisibleOnly):
    list_display = ["__str__", "status", "asked_by", "asked_at", "ended_at"]
    list_filter = ["status"]
    list_select_related = ["publication__practice_review", "asked_by"]
    search_fields = ["publication__practice_review__reference"]
    search_help_text = "The reference of a commissioned review."
    exclude = ["web_text", "as_given"]


@admin.register(DisclosureFinding)
class DisclosureFindingAdmin(VisibleOnly):
    """Neutral fields only: what was found, with its context, stands on the page of the check."""

    list_display = ["label", "kind", "where", "status", "check_of"]
    list_filter = ["status", "kind", "where"]
    list_select_related = ["check_of__publication__practice_review"]
    search_fields = ["check_of__publication__practice_review__reference"]
    search_help_text = "The reference of a commissioned review."
    exclude = ["matches", "found", "before", "after", "reason", "refused_reason", "fingerprint"]


@admin.register(ShortForm)
class ShortFormAdmin(FriendlyErrors):
    list_display = ["name", "short"]
    search_fields = ["name", "short"]


@admin.register(OrdinaryWord)
class OrdinaryWordAdmin(FriendlyErrors):
    list_display = ["word"]
    search_fields = ["word"]
