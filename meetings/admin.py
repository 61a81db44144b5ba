"""The meetings' records to look at, never to change; what is of a case only for those who may see it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import ReadOnly
from meetings.models import AgendaItem, Invitation, Minutes, TermsReview


class VisibleOnly(ReadOnly):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = self.model.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=visible)


@admin.register(AgendaItem)
class AgendaItemAdmin(VisibleOnly):
    list_display = ["title", "meeting", "kind", "referral", "decision"]
    list_filter = ["kind", "decision"]
    search_fields = ["title", "referral__reference"]
    search_help_text = "A title or the reference of a case."
    list_select_related = ["meeting", "referral"]


@admin.register(Invitation)
class InvitationAdmin(VisibleOnly):
    list_display = ["membership", "meeting", "status", "replied_at"]
    list_filter = ["status"]
    search_fields = ["membership__user__name"]
    search_help_text = "The name of somebody invited."
    list_select_related = ["meeting", "membership__user", "membership__agency"]


@admin.register(Minutes)
class MinutesAdmin(VisibleOnly):
    list_display = ["meeting", "status", "drafted_at", "approved_at"]
    list_filter = ["status"]
    search_fields = ["meeting__place"]
    search_help_text = "The place of a meeting."
    list_select_related = ["meeting"]


@admin.register(TermsReview)
class TermsReviewAdmin(VisibleOnly):
    list_display = ["reviewed_on", "next_due_on", "document"]
    search_fields = ["outcome"]
    search_help_text = "Words of what came of a review."
    list_select_related = ["document__kind"]
