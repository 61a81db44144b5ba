"""Reports to look at. What stands in them is on their own page, where walls are kept: not here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from core.admin import FriendlyErrors, ReadOnly
from highlight_reports.models import ExecutiveMeeting, HighlightReport, ReportPractice


@admin.register(HighlightReport)
class HighlightReportAdmin(ReadOnly):
    list_display = ["reference", "meeting_on", "period_from", "period_to", "status", "whose_move"]
    list_filter = ["status"]
    search_fields = ["reference"]
    date_hierarchy = "meeting_on"
    exclude = ["data", "sent_back_reason", "withdrawn_reason"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[HighlightReport]:
        found: QuerySet[HighlightReport] = super().get_queryset(request)
        return found.filter(pk__in=HighlightReport.objects.visible_to(request.user).values("pk")).defer("data")

    def view_on_site(self, obj: HighlightReport) -> str:
        return reverse("highlight_reports:report-detail", args=[obj.reference])

    @admin.display(description="whose move")
    def whose_move(self, obj: HighlightReport) -> str:
        return obj.whose_move


@admin.register(ReportPractice)
class ReportPracticeAdmin(FriendlyErrors):
    """Local practice, one row: changed, never added or removed."""

    list_display = ["__str__", "draft_days", "remind_days", "first_period_months"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ReportPractice | None = None) -> bool:
        return False


@admin.register(ExecutiveMeeting)
class ExecutiveMeetingAdmin(FriendlyErrors):
    """The days for which drafts are built, where they are not planned among the Panel's meetings."""

    list_display = ["on", "note"]
    date_hierarchy = "on"
