"""Types of document are edited here. Documents are only looked at, by those to whom they exist; no file is served."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from core.admin import FriendlyErrors, ReadOnly
from documents import workflow
from documents.models import Document, DocumentKind


@admin.register(DocumentKind)
class DocumentKindAdmin(FriendlyErrors):
    list_display = ["name", "code", "position", "is_active"]
    list_editable = ["position", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "code"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj is not None else []  # it stands in the names of stored documents

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # stored documents keep their type


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    """Neutral names only. What people wrote, and what files were called, stands on the case's page."""

    list_display = ["__str__", "reference", "kind", "marking", "status", "scan", "uploaded_at", "held_at"]
    list_filter = ["status", "scan", "kind", "marking", ("held_at", admin.EmptyFieldListFilter)]
    list_select_related = ["kind"]
    search_fields = ["reference"]
    date_hierarchy = "uploaded_at"
    fields = ["key", "reference", "number", "version", "supersedes", "kind", "marking", "extension", "size", "status",
              "scan", "scanned_at", "scan_finding", "stripped", "not_stripped", "sha256_original", "sha256_stored",
              "uploaded_by", "uploaded_label", "uploaded_at", "withdrawn_by", "withdrawn_at", "held_by", "held_at",
              "disposed_by", "disposed_at"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Document.objects.visible_to(request.user).select_related("kind", "supersedes__kind")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Looking at a document's record is an event too."""
        found = self.get_object(request, object_id)
        if found is not None:
            workflow.note_looked_at(document=found, by=request.user)
        return super().change_view(request, object_id, *args, **kwargs)
