from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.models import Event
from core.admin import ReadOnly
from core.walls import closed_to


@admin.register(Event)
class EventAdmin(ReadOnly):
    """The trail to look at, without the cases that are closed to the person who looks."""

    list_display = ["at", "sentence", "reference"]
    list_filter = ["at", "verb"]
    search_fields = ["reference__istartswith", "actor_label", "verb", "text"]
    search_help_text = "A case reference, a person, a verb or words of a reason."
    date_hierarchy = "at"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).exclude(reference__in=closed_to(request.user))
