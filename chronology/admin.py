"""Rows, imports and findings to look at, of cases that exist for this person; their words stand on the case's pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from chronology.choices import FindingKind
from chronology.models import Finding, Preview, Row
from chronology.timeline import Cursor
from referrals.admin import CaseRowAdmin


class FromCase(CaseRowAdmin):
    """Found by the case's reference, never by a name: no text is shown or searched here."""

    list_select_related = ["referral", "agency"]
    search_fields = ["referral__reference"]
    search_help_text = "The reference of a case"
    list_per_page = 50
    show_full_result_count = False  # a count of all rows takes long and says nothing


class HowItEnded(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("merged", "In the merged chronology"),
            ("unreleased", "In an unfinished return"),
            ("withdrawn", "Withdrawn"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "merged":
            return queryset.filter(withdrawn_at__isnull=True, released_at__isnull=False)
        if self.value() == "unreleased":
            return queryset.filter(withdrawn_at__isnull=True, released_at__isnull=True)
        return queryset.filter(withdrawn_at__isnull=False) if self.value() == "withdrawn" else queryset


@admin.register(Row)
class RowAdmin(FromCase):
    list_display = ["__str__", "referral", "precision", "child_seen", "is_key_episode", "created_at", "withdrawn_at"]
    list_filter = [HowItEnded, "agency", "child_seen", "is_key_episode", "precision"]
    date_hierarchy = "happened_on"
    ordering = ["-created_at"]
    fields = ["key", "referral", "agency", "source_key", "happened_on", "happened_time", "precision", "child_seen",
              "is_key_episode", "key_by", "key_at", "created_by", "created_label", "created_at", "changed_by",
              "changed_label", "changed_at", "released_at", "withdrawn_by", "withdrawn_label",
              "withdrawn_at"]  # fmt: skip

    def view_on_site(self, obj: Row) -> str | None:
        if obj.released_at is None or obj.withdrawn_at is not None:
            return None
        where = reverse("chronology:timeline", args=[obj.referral.reference])
        return f"{where}?after={Cursor(obj.order, obj.pk - 1)}#row-{obj.pk}"


@admin.register(Preview)
class PreviewAdmin(FromCase):
    list_display = ["__str__", "referral", "agency", "faulty_count", "created_label", "created_at", "confirmed_at"]
    list_filter = [
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("emptied_at", admin.EmptyFieldListFilter),
        "agency",
    ]
    date_hierarchy = "created_at"
    fields = ["key", "referral", "agency", "source_key", "count", "faulty_count", "digest", "created_by",
              "created_label", "created_at", "confirmed_at", "emptied_at"]  # fmt: skip

    def view_on_site(self, obj: Preview) -> str | None:
        """The page of a preview that the Panel made; one of a return belongs to its contributor."""
        if obj.source_key:
            return None
        return reverse("chronology:import-preview", args=[obj.referral.reference, obj.key])


class Dismissed(admin.SimpleListFilter):
    title, parameter_name = "dismissed", "dismissed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "No"), ("yes", "Yes")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(dismissal__isnull=self.value() == "no")


@admin.register(Finding)
class FindingAdmin(FromCase):
    list_display = ["why", "referral", "kind", "from_on", "until_on", "days"]
    list_filter = ["kind", Dismissed, "agency"]
    date_hierarchy = "from_on"
    fields = ["referral", "kind", "child", "agency", "row", "other", "from_on", "until_on", "days", "why", "dismissal"]

    def view_on_site(self, obj: Finding) -> str:
        kinds = {FindingKind.DUPLICATE: "duplicates", FindingKind.GAP: "agency-gaps" if obj.agency_id else "gaps"}
        kind = "dismissed" if obj.dismissal_id else kinds.get(FindingKind(obj.kind), "contradictions")
        return f"{reverse('chronology:findings', args=[obj.referral.reference])}?kind={kind}"
