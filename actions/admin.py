"""The log to look at, only those actions that the person may see; the escalation ladder to edit."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from actions.models import Action, Escalation, LadderStep
from audit.workflow import record
from core.admin import FriendlyErrors, ReadOnly


class VisibleOnly(ReadOnly):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = self.model.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=visible)


@admin.register(Action)
class ActionAdmin(VisibleOnly):
    list_display = ["reference", "owner", "status", "due_on", "source", "referral"]
    list_filter = ["status", "kind", "source", "owner"]
    search_fields = ["reference", "earlier_reference", "referral__reference", "owner__name"]
    search_help_text = "A reference, of an action or a case, or an agency."
    list_select_related = ["owner", "referral"]
    date_hierarchy = "due_on"


@admin.register(Escalation)
class EscalationAdmin(VisibleOnly):
    list_display = ["action", "level", "raised_on", "answered_at"]
    list_filter = ["level", ("answered_at", admin.EmptyFieldListFilter)]
    search_fields = ["action__reference"]
    search_help_text = "The reference of an action."
    list_select_related = ["action"]


@admin.register(LadderStep)
class LadderStepAdmin(FriendlyErrors):
    """When people are told of an action that is not done. A step that was used stays, so that the ledger can be read:
    give it a last day instead."""

    list_display = ["__str__", "tells_lead", "tells_manager", "escalates_to", "from_date", "until_date"]
    list_filter = ["escalates_to"]
    search_fields = ["anchor"]
    search_help_text = "The days of these steps are local practice, to be confirmed by the partnership."

    def has_delete_permission(self, request: HttpRequest, obj: LadderStep | None = None) -> bool:
        used = obj is not None and (obj.told.exists() or obj.escalations.exists())
        return not used and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: LadderStep, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record("actions.ladder_changed", by=request.user, obj=obj, step=str(obj))
