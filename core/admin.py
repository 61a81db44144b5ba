"""What the admin pages of all apps share. Who may enter and change what: cspr/admin_site.py and panel/backends.py."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.db import IntegrityError
from django.db.models import URLField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core.errors import WorkflowError

LINKS: Mapping[Any, Any] = {URLField: {"assume_scheme": "https"}}  # of an address that was typed without one


class FriendlyErrors(admin.ModelAdmin):
    """A rule that only the workflow or the database sees becomes a sentence on the page, not an error page."""

    formfield_overrides = LINKS

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except WorkflowError as error:
            messages.error(request, str(error))
        except IntegrityError:
            messages.error(
                request,
                "Nothing was saved: it contradicts another record, which somebody may have changed meanwhile.",
            )
        return HttpResponseRedirect(request.get_full_path())


class ReadOnly(admin.ModelAdmin):
    """To look at, never to change: case data, mails, the audit trail."""

    formfield_overrides = LINKS

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
