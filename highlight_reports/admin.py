"""Reports to look at. What stands in them is on their own page, where walls are kept: not here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from core.admin import ReadOnly
from highlight_reports.models import HighlightReport


@admin.register(HighlightReport)
class HighlightReportAdmin(ReadOnly):
    list_display = ["reference", "meeting_on", "period_from", "period_to", "status", "whose_move"]
    list_filter = ["status"]
    search_fields = ["reference"]
    date_hierarchy = "meeting_on"
    exclude = ["data", "sent_back_reason"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[HighlightReport]:
        found: QuerySet[HighlightReport] = super().get_queryset(request)
        return found.filter(pk__in=HighlightReport.objects.visible_to(request.user).values("pk")).defer("data")

    def view_on_site(self, obj: HighlightReport) -> str:
        return reverse("highlight_reports:report-detail", args=[obj.reference])

    @admin.display(description="whose move")
    def whose_move(self, obj: HighlightReport) -> str:
        return obj.whose_move
